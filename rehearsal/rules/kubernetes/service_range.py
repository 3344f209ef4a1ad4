"""The service range is not too wide, and its first address is the API server's."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from azure_facts.kubernetes_network import SHORTEST_SERVICE_PREFIX
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.kubernetes.cluster_network import PROFILE, ipv4
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    services = ipv4(resource.value(f"{PROFILE}.serviceCidr"))
    if services is None:
        return
    if services.prefixlen < SHORTEST_SERVICE_PREFIX:
        yield Violation(
            f"{PROFILE}.serviceCidr", f"{services} is too wide; use a /{SHORTEST_SERVICE_PREFIX} or narrower"
        )
    try:
        name_server = ipaddress.ip_address(resource.text(f"{PROFILE}.dnsServiceIP"))
    except ValueError:
        return
    if name_server in (services.network_address, services.network_address + 1):
        yield Violation(
            f"{PROFILE}.dnsServiceIP",
            f"{name_server} is the first of {services}, which the API server has; use the tenth",
        )


def _case(name_server: str) -> Case:
    ranges = {"networkProfile.serviceCidr": "10.96.0.0/16", "networkProfile.dnsServiceIP": name_server}
    return Case((declare(tokens.AKS, ranges),))


RULE = Rule(
    id="AKS201",
    service="AKS",
    title="a service range smaller than a /12, whose first address stays free",
    applies_to=(tokens.AKS,),
    status=400,
    code="",
    source="learn.microsoft.com azure/aks/concepts-network-ip-address-planning (Kubernetes service address range, DNS "
    "service IP address)",
    check=_check,
    trips=_case("10.96.0.1"),
    passes=_case("10.96.0.10"),
)
