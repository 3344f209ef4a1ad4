"""What rules about a factory's managed network share. The provider has no type of its own for the network."""

from __future__ import annotations

import json

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.datafactory.parts import FACTORY
from rehearsal.rules.example_azure import GROUP, GROUP_NAME, LOCATION
from rehearsal.rules.rule import Declared

ENDPOINT = "azure-native:datafactory:ManagedPrivateEndpoint"
RUNTIME = "azure-native:datafactory:IntegrationRuntime"
_DEPLOYMENT = "azure-native:resources:Deployment"
_NETWORKS = "microsoft.datafactory/factories/managedvirtualnetworks"
_JUDGED = ("azure-native", "databricks", "pulumi")


def made_before(resource: Resource, world: World) -> bool:
    """Whether something makes the managed network of the factory of `resource` before it, or may: the factory lies
    outside this program, or the resource waits for what is not ours to judge."""
    name = resource.text("factoryName")
    if not any(factory.id.rpartition("/")[2] == name for factory in world.of_types((FACTORY,))):
        return True
    return any(
        _may_make_it(other) for other in world.resources if other.custom and world.depends_on(resource, other)
    )


def _may_make_it(other: Resource) -> bool:
    if other.type != _DEPLOYMENT:
        return other.package not in _JUDGED
    template = other.value("properties.template")
    return template is None or _NETWORKS in json.dumps(template, default=str).lower()


def network() -> Declared:
    """The network by a template, with the factory that all cases have."""
    template = {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": [
            {
                "type": "Microsoft.DataFactory/factories/managedVirtualNetworks",
                "apiVersion": "2018-06-01",
                "name": "adf-ml-dev/default",
                "properties": {},
            }
        ],
    }
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "deploymentName": "network",
        "properties": {"mode": "Incremental", "template": template},
    }
    return Declared(_DEPLOYMENT, inputs, name="network", depends_on=("factory",))


def factory() -> Declared:
    """The factory of all cases."""
    inputs = {"resourceGroupName": GROUP_NAME, "location": LOCATION, "factoryName": "adf-ml-dev"}
    return Declared(FACTORY, inputs, name="factory")


def endpoint(*depends_on: str) -> Declared:
    """An endpoint in the network."""
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "factoryName": "adf-ml-dev",
        "managedVirtualNetworkName": "default",
        "managedPrivateEndpointName": "lake-dfs",
        "properties": {
            "privateLinkResourceId": f"{GROUP}/providers/Microsoft.Storage/storageAccounts/dlsmldev7k2ap",
            "groupId": "dfs",
        },
    }
    return Declared(ENDPOINT, inputs, depends_on=("factory", *depends_on))


def runtime(*depends_on: str) -> Declared:
    """A runtime in the network."""
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "factoryName": "adf-ml-dev",
        "integrationRuntimeName": "managed",
        "properties": {
            "type": "Managed",
            "managedVirtualNetwork": {"referenceName": "default", "type": "ManagedVirtualNetworkReference"},
        },
    }
    return Declared(RUNTIME, inputs, depends_on=("factory", *depends_on))
