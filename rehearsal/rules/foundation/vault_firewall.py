"""A vault's firewall lets in addresses of the internet."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from azure_facts.internet_addresses import private_range
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "properties.networkAcls.ipRules"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for index, rule in enumerate(resource.items(_PATH)):
        text = rule.get("value")
        private = _private(text) if isinstance(text, str) else None
        if private is not None:
            yield Violation(
                f"{_PATH}[{index}].value",
                f"{text} belongs to the forbidden range {private} (private addresses); let in its subnet, or make a "
                "private endpoint",
            )


def _private(text: str) -> ipaddress.IPv4Network | None:
    try:
        return private_range(ipaddress.IPv4Network(text, strict=False))
    except ValueError:
        return None


def _case(text: str) -> Case:
    rules = {"defaultAction": "Deny", "bypass": "AzureServices", "ipRules": [{"value": text}]}
    return Case((declare(tokens.VAULT, {"properties.networkAcls": rules}),))


RULE = Rule(
    id="KV305",
    service="Key Vault",
    title="a vault's firewall lets in no private addresses",
    applies_to=(tokens.VAULT,),
    status=400,
    code="BadRequest",
    source="Azure/azure-powershell issue 11471 (code and text)",
    check=_check,
    trips=_case("10.0.0.0/8"),
    passes=_case("198.51.100.8/32"),
)
