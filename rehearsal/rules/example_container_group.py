"""A container group, for the cases of rules."""

from __future__ import annotations

from collections.abc import Mapping

from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.rule import Case, Declared

CONTAINER_GROUP = "azure-native:containerinstance:ContainerGroup"


def container_group_case(container: Mapping[str, object]) -> Case:
    """A group of one container that has these properties besides its name and image."""
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "location": "westeurope",
        "containerGroupName": "ci-trial-dev",
        "osType": "Linux",
        "containers": [
            {"name": "trial", "image": "mcr.microsoft.com/azuredocs/aci-helloworld:latest", **container}
        ],
    }
    return Case((Declared(CONTAINER_GROUP, inputs),))
