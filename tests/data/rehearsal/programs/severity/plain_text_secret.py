# config: sample:password={secure: AAABAOJd}
"""A secret in plain text deploys."""

import pulumi
from pulumi_azure_native import resources, storage

password = pulumi.Config().require("password")
group = resources.ResourceGroup("group", location="westeurope")
storage.StorageAccount(  # warned: SEC001
    "data",
    resource_group_name=group.name,
    kind="StorageV2",
    sku={"name": "Standard_LRS"},
    tags={"password": password},
)
