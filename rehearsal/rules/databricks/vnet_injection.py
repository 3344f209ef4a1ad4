"""VNet injection takes a network and both of its subnets, or none of the three."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_TOGETHER = ("customVirtualNetworkId", "customPublicSubnetName", "customPrivateSubnetName")
_NETWORK = {"value": f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-ml-dev"}


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    given = [name for name in _TOGETHER if resource.value(f"parameters.{name}") is not None]
    for name in _TOGETHER:
        if given and name not in given:
            yield Violation(
                f"parameters.{name}", f"missing beside {', '.join(given)}; VNet injection needs all three"
            )


RULE = Rule(
    id="DBW004",
    service="Databricks workspace",
    title="VNet injection names the network and both subnets",
    applies_to=(tokens.DATABRICKS_WORKSPACE,),
    status=400,
    code="InvalidRequestContent",
    source="learn.microsoft.com azure/databricks/security/network/classic/vnet-inject",
    check=_check,
    trips=Case((declare(tokens.DATABRICKS_WORKSPACE, {"parameters": {"customVirtualNetworkId": _NETWORK}}),)),
    passes=Case(
        (
            declare(
                tokens.DATABRICKS_WORKSPACE,
                {
                    "parameters": {
                        "customVirtualNetworkId": _NETWORK,
                        "customPublicSubnetName": {"value": "snet-dbw-public"},
                        "customPrivateSubnetName": {"value": "snet-dbw-private"},
                    }
                },
            ),
        )
    ),
)
