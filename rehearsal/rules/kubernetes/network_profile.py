"""The parts of the cluster's network fit together and do not overlap."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PROFILE = "networkProfile"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    plugin = resource.text(f"{_PROFILE}.networkPlugin")
    if resource.text(f"{_PROFILE}.networkDataplane") == "cilium" and plugin != "azure":
        yield Violation(f"{_PROFILE}.networkDataplane", "cilium needs networkPlugin 'azure'")
    if resource.text(f"{_PROFILE}.networkPluginMode") == "overlay" and plugin != "azure":
        yield Violation(f"{_PROFILE}.networkPluginMode", "overlay needs networkPlugin 'azure'")
    services, address = resource.text(f"{_PROFILE}.serviceCidr"), resource.text(f"{_PROFILE}.dnsServiceIP")
    pods = resource.text(f"{_PROFILE}.podCidr")
    if bool(services) != bool(address):
        yield Violation(
            f"{_PROFILE}.serviceCidr", "serviceCidr and dnsServiceIP are set together or not at all"
        )
    try:
        if services and address and ipaddress.ip_address(address) not in ipaddress.ip_network(services):
            yield Violation(f"{_PROFILE}.dnsServiceIP", f"{address} must lie in serviceCidr {services}")
        if services and pods and ipaddress.ip_network(services).overlaps(ipaddress.ip_network(pods)):
            yield Violation(
                f"{_PROFILE}.podCidr", f"{pods} overlaps serviceCidr {services}; choose a free range"
            )
    except (ValueError, TypeError) as error:
        yield Violation(_PROFILE, f"{error}; use CIDR blocks of one IP version")


RULE = Rule(
    id="AKS006",
    service="AKS",
    title="network plugin, data plane and ranges fit together",
    applies_to=(tokens.AKS,),
    status=400,
    code="InvalidNetworkConfig",
    source="learn.microsoft.com azure/aks/azure-cni-overlay and azure/aks/azure-cni-powered-by-cilium",
    check=_check,
    trips=Case(
        (
            declare(
                tokens.AKS,
                {"networkProfile.serviceCidr": "172.16.0.0/16", "networkProfile.dnsServiceIP": "10.0.0.10"},
            ),
        )
    ),
    passes=Case(
        (
            declare(
                tokens.AKS,
                {"networkProfile.serviceCidr": "172.16.0.0/16", "networkProfile.dnsServiceIP": "172.16.0.10"},
            ),
        )
    ),
)
