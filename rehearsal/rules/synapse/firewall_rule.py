"""The range of a firewall rule."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    bounds: list[IPv4Address] = []
    for path in ("startIpAddress", "endIpAddress"):
        text = resource.text(path)
        if not text:
            continue
        try:
            bounds.append(IPv4Address(text))
        except ValueError:
            yield Violation(path, f"'{text}' is no IPv4 address; give first and last address of the range")
    if len(bounds) == 2 and bounds[0] > bounds[1]:
        yield Violation(
            "startIpAddress", f"{bounds[0]} comes after {bounds[1]}; give the first address first"
        )


RULE = Rule(
    id="SYN327",
    service="Synapse",
    title="a firewall rule is a range of IPv4 addresses",
    applies_to=(tokens.SYNAPSE_FIREWALL_RULE,),
    status=400,
    code="InvalidIpAddress",
    source="Azure REST spec synapse 2021-06-01, IpFirewallRuleProperties",
    check=_check,
    trips=Case((declare(tokens.SYNAPSE_FIREWALL_RULE, {"startIpAddress": "203.0.113.0/24"}),)),
    passes=Case((declare(tokens.SYNAPSE_FIREWALL_RULE),)),
)
