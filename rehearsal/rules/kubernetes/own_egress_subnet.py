"""A way out that AKS does not make needs subnets that AKS does not make."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.kubernetes.cluster_network import PROFILE, pools
from rehearsal.rules.rule import Case, Rule, Violation

_OWN_EGRESS = ("userAssignedNATGateway", "userDefinedRouting")


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """With kubenet AKS makes a route table of its own, to which routes can be added later (Azure/AKS issue 2710)."""
    outbound = resource.text(f"{PROFILE}.outboundType")
    if outbound not in _OWN_EGRESS or resource.text(f"{PROFILE}.networkPlugin") == "kubenet":
        return
    for prefix, owner, pool in pools(resource, world):
        if not pool.get("vnetSubnetID") and not owner.is_unknown(f"{prefix}vnetSubnetID"):
            where = "vnetSubnetID" if owner is resource else f"of {owner.urn}"
            yield Violation(
                f"{prefix}vnetSubnetID" if owner is resource else f"{PROFILE}.outboundType",
                f"{where} is missing, and outboundType {outbound} needs a subnet of yours that has the way out; "
                "give its id, or use loadBalancer or managedNATGateway",
            )


def _case(outbound: str) -> Case:
    cluster = {f"{PROFILE}.outboundType": outbound}
    return Case((declare(tokens.AKS, cluster),))


RULE = Rule(
    id="AKS206",
    service="AKS",
    title="an own NAT gateway or own routes with an own subnet",
    applies_to=(tokens.AKS,),
    status=400,
    code="",
    source="learn.microsoft.com azure/aks/egress-outboundtype and azure/aks/nat-gateway; Azure/azure-cli pull 33694",
    check=_check,
    trips=_case("userAssignedNATGateway"),
    passes=_case("managedNATGateway"),
)
