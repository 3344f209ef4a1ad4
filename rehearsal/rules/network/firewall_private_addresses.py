"""A service's firewall takes no addresses that the internet does not route."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from azure_facts.service_firewalls import SERVICE_FIREWALLS, ServiceFirewall
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME, LOCATION
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_SEARCH = "azure-native:search:Service"
_REFUSING = tuple(token for token, firewall in SERVICE_FIREWALLS.items() if firewall.refused)


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    firewall = SERVICE_FIREWALLS[resource.type]
    for path, text, network in addresses(resource, firewall):
        if isinstance(network, ipaddress.IPv4Network) and is_refused(network, firewall):
            yield Violation(
                path,
                f"{firewall.service} refuses {text}, which the internet does not route; make a private endpoint, or "
                "give the public address that its callers come from",
            )


def addresses(
    resource: Resource, firewall: ServiceFirewall
) -> Iterator[tuple[str, str, ipaddress.IPv4Network | ipaddress.IPv6Network]]:
    """Path, text and range of each element of the list that is an address."""
    for index, rule in enumerate(resource.items(firewall.rules)):
        text = rule.get(firewall.address)
        if not isinstance(text, str) or text in firewall.with_a_meaning:
            continue
        try:
            network = ipaddress.ip_network(text, strict=False)
        except ValueError:
            continue
        yield f"{firewall.rules}[{index}].{firewall.address}", text, network


def is_refused(network: ipaddress.IPv4Network, firewall: ServiceFirewall) -> bool:
    """Whether the service refuses every address of the range."""
    return any(network.subnet_of(refused) for refused in firewall.refused)


def _case(text: str) -> Case:
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "location": LOCATION,
        "searchServiceName": "srch-ml-dev",
        "sku": {"name": "basic"},
        "networkRuleSet": {"ipRules": [{"value": text}]},
    }
    return Case((Declared(_SEARCH, inputs),))


RULE = Rule(
    id="NET370",
    service="Service firewalls",
    title="the firewalls of Cosmos DB and AI Search let in no private addresses",
    applies_to=_REFUSING,
    status=400,
    code="BadRequest",
    source="; ".join(str(SERVICE_FIREWALLS[token].source) for token in _REFUSING),
    check=_check,
    trips=_case("10.1.2.3"),
    passes=_case("198.51.100.8"),
)
