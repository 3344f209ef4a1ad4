"""A cluster's ranges stay clear of those that AKS keeps for itself."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.kubernetes_network import AKS_RESERVED, AKS_RESERVED_SOURCE, reserved_in
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.kubernetes.cluster_network import address_ranges, ipv4, subnets, virtual_network_of
from rehearsal.rules.rule import Case, Rule, Violation

_ALL = ", ".join(str(taken) for taken in AKS_RESERVED)


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for path, network in address_ranges(resource):
        if (taken := reserved_in(network)) is not None:
            yield Violation(
                path, f"{network} overlaps {taken}, which AKS reserves; use a range outside {_ALL}"
            )
    for subnet in subnets(resource, world):
        spaces = (
            found.value("addressSpace.addressPrefixes")
            if (found := world.find(virtual_network_of(subnet)))
            else None
        )
        for space in [ipv4(text) for text in spaces] if isinstance(spaces, list) else []:
            if space is not None and (taken := reserved_in(space)) is not None:
                yield Violation(
                    "agentPoolProfiles",
                    f"the network of {subnet.urn} has {space}, which overlaps {taken}, which AKS reserves; "
                    f"use a network outside {_ALL}",
                )


def _case(services: str) -> Case:
    ranges = {
        "networkProfile.serviceCidr": f"{services}.0.0/16",
        "networkProfile.dnsServiceIP": f"{services}.0.10",
    }
    return Case((declare(tokens.AKS, ranges),))


RULE = Rule(
    id="AKS200",
    service="AKS",
    title="no range that AKS reserves",
    applies_to=(tokens.AKS,),
    status=400,
    code="",
    source=str(AKS_RESERVED_SOURCE),
    check=_check,
    trips=_case("172.30"),
    passes=_case("172.28"),
)
