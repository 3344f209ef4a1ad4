# file: infra/__init__.py SIZE = "Standard_LRS"
# file: logging.py raise RuntimeError("the host has imported Python's own by then")
# file: pulumi/__init__.py raise RuntimeError("the host has imported the SDK by then")
"""Modules of the program's folder shadow ours, and none that the engine's host has imported before."""

import logging

import pulumi
from pulumi_azure_native import resources, storage

import infra

logging.getLogger(__name__)
group = resources.ResourceGroup("group", location="westeurope")
storage.StorageAccount("data", resource_group_name=group.name, kind="StorageV2", sku={"name": infra.SIZE})
pulumi.export("size", infra.SIZE)
