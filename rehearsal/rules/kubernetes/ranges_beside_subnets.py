"""Services and pods do not answer for addresses of the cluster's own network."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.kubernetes.cluster_network import (
    PROFILE,
    address_ranges,
    ipv4,
    subnets,
    virtual_network_of,
)
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_DEFAULT_SERVICES = ipaddress.IPv4Network("10.0.0.0/16")
"""What AKS takes where nothing is said (the same page; Azure/AKS issue 1117 shows the answer)."""


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    ranges = list(address_ranges(resource))
    if not any("service" in path for path, _ in ranges) and not resource.is_unknown(f"{PROFILE}.serviceCidr"):
        ranges.append((f"{PROFILE}.serviceCidr", _DEFAULT_SERVICES))
    networks = {virtual_network_of(subnet) for subnet in subnets(resource, world)}
    for subnet in sorted(world.of_types((tokens.SUBNET,)), key=lambda item: item.order):
        theirs = ipv4(subnet.value("addressPrefix"))
        if theirs is None or virtual_network_of(subnet) not in networks:
            continue
        for path, network in ranges:
            if network.overlaps(theirs):
                yield Violation(path, f"{network} overlaps {theirs} of {subnet.urn}; use a range apart")


def _case(services: str) -> Case:
    cluster = {
        "agentPoolProfiles[0].vnetSubnetID": Ref("subnet"),
        "networkProfile.serviceCidr": services,
        "networkProfile.dnsServiceIP": services.replace("0.0/16", "0.10"),
    }
    return Case(
        (
            declare(tokens.VIRTUAL_NETWORK, name="network"),
            declare(tokens.SUBNET, name="subnet", depends_on=("network",)),
            declare(tokens.AKS, cluster, depends_on=("subnet",)),
        )
    )


RULE = Rule(
    id="AKS203",
    service="AKS",
    title="services and pods have ranges apart from the cluster's network",
    applies_to=(tokens.AKS,),
    status=400,
    code="ServiceCidrOverlapExistingSubnetsCidr",
    source="learn.microsoft.com azure/aks/azure-cni-overlay (IP address planning) and troubleshoot/azure/azure-"
    "kubernetes/error-codes/servicecidroverlapexistingsubnetscidr-error; Azure/AKS issue 1117",
    check=_check,
    trips=_case("10.20.0.0/16"),
    passes=_case("10.96.0.0/16"),
)
