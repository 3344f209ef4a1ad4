"""Services and pods stay out of the network that AKS makes where none is given."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.kubernetes_network import MADE_NETWORK, MADE_NETWORK_SOURCE
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.kubernetes.cluster_network import address_ranges, pools
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for prefix, owner, pool in pools(resource, world):
        if pool.get("vnetSubnetID") or owner.is_unknown(f"{prefix}vnetSubnetID"):
            return
    for path, network in address_ranges(resource):
        if network.overlaps(MADE_NETWORK):
            yield Violation(
                path,
                f"{network} overlaps {MADE_NETWORK}, the network that AKS makes for nodes without a subnet of yours; "
                "use a range apart",
            )


def _case(services: str) -> Case:
    cluster = {
        "networkProfile.serviceCidr": services,
        "networkProfile.dnsServiceIP": services.replace("0.0/16", "0.10"),
    }
    return Case((declare(tokens.AKS, cluster),))


RULE = Rule(
    id="KS305",
    service="AKS",
    title="service and pod ranges apart from the network that AKS makes",
    applies_to=(tokens.AKS,),
    status=0,
    code="",
    source=str(MADE_NETWORK_SOURCE),
    check=_check,
    trips=_case("10.230.0.0/16"),
    passes=_case("172.28.0.0/16"),
    severity=Severity.WARNING,
)
