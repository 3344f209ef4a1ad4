"""A subnet that is delegated to a service holds one of its environments, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.cloud.injected_subnets import injected_subnets
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_ENVIRONMENT = "azure-native:app:ManagedEnvironment"
_ENDPOINT = "azure-native:network:PrivateEndpoint"
_EXCLUSIVE = (tokens.DATABRICKS_WORKSPACE, _ENVIRONMENT)
_PATHS = {_ENVIRONMENT: "vnetConfiguration.infrastructureSubnetId", _ENDPOINT: "subnet.id"}


def _uses(resource: Resource) -> Iterator[tuple[str, str]]:
    yield from injected_subnets(resource.type, resource.plain_inputs)
    if path := _PATHS.get(resource.type):
        yield path, resource.text(path)
    for index, pool in enumerate(resource.items("agentPoolProfiles")):
        yield f"agentPoolProfiles[{index}].vnetSubnetID", str(pool.get("vnetSubnetID") or "")


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for path, subnet in _uses(resource):
        for other in world.of_types((*_EXCLUSIVE, _ENDPOINT, tokens.AKS)):
            if other is resource or (other.type not in _EXCLUSIVE and resource.type not in _EXCLUSIVE):
                continue
            if other.order < resource.order and subnet.lower() in {
                used.lower() for _, used in _uses(other) if used
            }:
                yield Violation(
                    path, f"{other.urn} has this subnet for itself; give each a subnet of its own"
                )


def _workspace(name: str, public: str) -> Declared:
    parameters = {
        "customVirtualNetworkId": {
            "value": f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-ml-dev"
        },
        "customPublicSubnetName": {"value": public},
        "customPrivateSubnetName": {"value": f"snet-{name}-private"},
        "enableNoPublicIp": {"value": True},
    }
    changes = {
        "workspaceName": f"dbw-{name}-dev",
        "managedResourceGroupId": f"{GROUP}-{name}-managed",
        "parameters": parameters,
    }
    return declare(tokens.DATABRICKS_WORKSPACE, changes, name=name)


RULE = Rule(
    id="NET005",
    service="Virtual network",
    title="a delegated subnet serves one Databricks workspace or one Container Apps environment",
    applies_to=(*_EXCLUSIVE, _ENDPOINT, tokens.AKS),
    status=400,
    code="",
    source="learn.microsoft.com azure/databricks/security/network/classic/vnet-inject (subnets are not shared); "
    "azure/container-apps/custom-virtual-networks (a subnet of its own)",
    check=_check,
    trips=Case((_workspace("first", "snet-shared"), _workspace("second", "snet-shared"))),
    passes=Case((_workspace("first", "snet-first"), _workspace("second", "snet-second"))),
)
