"""An address in a service's firewall is one that a request from the internet can have."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from azure_facts.internet_addresses import SPECIAL_PURPOSE, never_calling
from azure_facts.service_firewalls import SERVICE_FIREWALLS, ServiceFirewall
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.network.firewall_private_addresses import addresses, is_refused
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    firewall = SERVICE_FIREWALLS[resource.type]
    for path, text, network in addresses(resource, firewall):
        if problem := _problem(network, firewall):
            yield Violation(path, f"{text}: {problem}")


def _problem(network: ipaddress.IPv4Network | ipaddress.IPv6Network, firewall: ServiceFirewall) -> str:
    if isinstance(network, ipaddress.IPv6Network):
        return f"{firewall.service} filters IPv4 addresses; give those" if firewall.only_ipv4 else ""
    special = never_calling(network)
    if special is None or is_refused(network, firewall):
        return ""
    return f"no request from the internet comes from {special}; make a private endpoint, or let in its public address"


def _case(text: str) -> Case:
    rules = {"defaultAction": "Deny", "ipRules": [{"iPAddressOrRange": text, "action": "Allow"}]}
    return Case((declare(tokens.REGISTRY, {"sku.name": "Premium", "networkRuleSet": rules}),))


RULE = Rule(
    id="NET371",
    service="Service firewalls",
    title="a firewall lets in IPv4 addresses that requests from the internet can have",
    applies_to=tuple(SERVICE_FIREWALLS),
    status=0,
    code="",
    source="; ".join(
        (str(SPECIAL_PURPOSE), *(str(firewall.source) for firewall in SERVICE_FIREWALLS.values()))
    ),
    check=_check,
    trips=_case("192.168.10.0/24"),
    passes=_case("198.51.100.0/24"),
    severity=Severity.WARNING,
)
