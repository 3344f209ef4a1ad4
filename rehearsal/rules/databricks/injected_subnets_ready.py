"""Subnets for a Databricks workspace are delegated, guarded, large enough and have a way out."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.cloud.injected_subnets import injected_subnets
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import (
    GROUP,
)
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation

_DELEGATED = "Microsoft.Databricks/workspaces"
_SMALLEST_PREFIX = 26


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for path, subnet_id in injected_subnets(resource.type, resource.plain_inputs):
        subnet = world.find(subnet_id)
        if subnet is None:
            continue
        services = [str(item.get("serviceName", "")).lower() for item in subnet.items("delegations")]
        if _DELEGATED.lower() not in services:
            yield Violation(path, f"{subnet.urn} must be delegated to {_DELEGATED}")
        if not subnet.value("networkSecurityGroup") and not subnet.is_unknown("networkSecurityGroup"):
            yield Violation(path, f"{subnet.urn} has no network security group")
        length = subnet.text("addressPrefix").rpartition("/")[2]
        if length.isdigit() and int(length) > _SMALLEST_PREFIX:
            yield Violation(path, f"{subnet.urn} is smaller than /{_SMALLEST_PREFIX}")
        private_nodes = resource.value("parameters.enableNoPublicIp.value") is True
        if private_nodes and not (subnet.value("natGateway") or subnet.value("routeTable")):
            yield Violation(
                path,
                f"{subnet.urn} has no way out: no default outbound access since 2026-03-31; give it a NAT gateway",
            )


_NETWORK = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-ml-dev"
_READY = {
    "delegations": [{"name": "databricks", "serviceName": _DELEGATED}],
    "networkSecurityGroup": {"id": f"{GROUP}/providers/Microsoft.Network/networkSecurityGroups/nsg-dbw"},
    "natGateway": {"id": f"{GROUP}/providers/Microsoft.Network/natGateways/ng-ml-dev"},
}


def _case(subnet: dict[str, object]) -> Case:
    parameters = {
        "customVirtualNetworkId": {"value": _NETWORK},
        "customPublicSubnetName": {"value": "snet-dbw-public"},
        "customPrivateSubnetName": {"value": "snet-dbw-private"},
        "enableNoPublicIp": {"value": True},
    }
    return Case(
        (
            declare(tokens.SUBNET, {**subnet, "subnetName": "snet-dbw-public"}, name="public"),
            declare(tokens.DATABRICKS_WORKSPACE, {"parameters": parameters}, depends_on=("public",)),
        )
    )


RULE = Rule(
    id="DBW008",
    service="Databricks workspace",
    title="injected subnets are delegated, guarded, /26 or larger, with a way out",
    applies_to=(tokens.DATABRICKS_WORKSPACE,),
    status=400,
    code="InvalidSubnetDelegation",
    source="learn.microsoft.com azure/databricks/security/network/classic/vnet-inject; "
    "azure/virtual-network/ip-services/default-outbound-access",
    check=_check,
    trips=_case({**_READY, "delegations": REMOVE}),
    passes=_case(_READY),
)
