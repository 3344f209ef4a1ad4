"""Which addresses a storage account's firewall takes."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from azure_facts.internet_addresses import private_range
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "networkRuleSet.ipRules"
_NARROWEST = 30


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for index, rule in enumerate(resource.items(_PATH)):
        text = rule.get("iPAddressOrRange")
        if isinstance(text, str) and (problem := _problem(text)):
            yield Violation(f"{_PATH}[{index}].iPAddressOrRange", f"{text}: {problem}")


def _problem(text: str) -> str:
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return "give a public IPv4 address or range"
    if not isinstance(network, ipaddress.IPv4Network):
        return "give a public IPv4 address or range"
    if "/" in text and network.prefixlen > _NARROWEST:
        return f"a range is a /{_NARROWEST} or wider; give single addresses without a prefix"
    if private_range(network) is not None:
        return (
            "a private address never reaches it from outside; let in its subnet, or make a private endpoint"
        )
    return ""


def _case(text: str) -> Case:
    rules = {"defaultAction": "Deny", "ipRules": [{"iPAddressOrRange": text}]}
    return Case((declare(tokens.STORAGE_ACCOUNT, {"networkRuleSet": rules}),))


RULE = Rule(
    id="ST374",
    service="Storage",
    title="a firewall lets in public IPv4 addresses, and ranges of a /30 or wider",
    applies_to=(tokens.STORAGE_ACCOUNT,),
    status=400,
    code="InvalidValuesForRequestParameters",
    source="hashicorp/terraform-provider-azurerm issue 5444; learn.microsoft.com "
    "azure/storage/common/storage-network-security-limitations",
    check=_check,
    trips=_case("198.51.100.8/32"),
    passes=_case("198.51.100.8"),
)
