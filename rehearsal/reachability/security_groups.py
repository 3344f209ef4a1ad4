"""Whether a security group lets traffic pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from azure_facts.network_traffic import (
    ALL_AZURE,
    DEFAULT_RULES,
    INTERNET,
    SECURITY_GROUPS,
    VIRTUAL_NETWORK,
    SecurityRule,
)
from rehearsal.model.resource import Resource
from rehearsal.reachability.declared import Declared
from rehearsal.reachability.model import Road, ends, leads, unsure
from rehearsal.reachability.parts import Range, Subnet, listed, ranges

_EVERYTHING = ("*", "0.0.0.0/0", "any")


@dataclass(frozen=True)
class Side:
    """One side of a connection: private addresses (`ranges`; none known where it is empty), or public ones, with the
    service `tag` that they lie in where that is known. `routed`: the subnet has routes of its own, which may put public
    addresses into the tag of the virtual network."""

    private: bool
    ranges: tuple[Range, ...] = ()
    tag: str = ""
    routed: bool = False


def passes(
    subnet: Subnet, direction: str, source: Side, destination: Side, port: int, declared: Declared
) -> Road | None:
    """Whether the subnet's group lets a TCP connection pass; None where the subnet has no group."""
    group_id = subnet.reference("networkSecurityGroup")
    if not group_id:
        return (
            unsure(f"whether {subnet.resource.name} has a security group is not known", subnet.resource.urn)
            if subnet.is_unknown("networkSecurityGroup")
            else None
        )
    group = declared.world.find(group_id)
    if group is None or group.external:
        return unsure(f"the security group {group_id.rpartition('/')[2]} is not of this program")
    if group.is_unknown("securityRules"):
        return unsure(f"the rules of {group.name} are not known", group.urn)
    rules = sorted((*_rules(group, direction, declared), *DEFAULT_RULES[direction]), key=_priority)
    return _decided(rules, group, direction, source, destination, port)


def _decided(
    rules: list[SecurityRule], group: Resource, direction: str, source: Side, destination: Side, port: int
) -> Road:
    """The first rule that matches decides. One that may match leaves it open, unless those behind it decide alike."""
    possible, last = set[bool](), ""
    for rule in rules:
        matches = _matches(rule, source, destination, port)
        if matches is False:
            continue
        possible.add(rule.allows)
        last = rule.name
        if matches:
            break
    if possible == {True}:
        return leads(f"{group.name} lets port {port} pass ({direction.lower()})", group.urn)
    if possible == {False}:
        return ends(
            f"{group.name} does not let port {port} pass ({direction.lower()}): rule {last}",
            group.urn,
            source=SECURITY_GROUPS,
        )
    return unsure(f"whether {group.name} lets port {port} pass is not known ({direction.lower()})", group.urn)


def _priority(rule: SecurityRule) -> int:
    return rule.priority


def _matches(rule: SecurityRule, source: Side, destination: Side, port: int) -> bool | None:
    """None where nobody can say."""
    if rule.protocol.lower() not in ("*", "tcp") or not any(_holds(text, port) for text in rule.ports):
        return False
    if rule.grouped:
        return None
    found = [_covers(rule.sources, source), _covers(rule.destinations, destination)]
    if False in found:
        return False
    return None if None in found else True


def _holds(text: str, port: int) -> bool:
    first, _, last = text.partition("-")
    return text == "*" or (first.isdigit() and int(first) <= port <= int(last if last.isdigit() else first))


def _covers(prefixes: tuple[str, ...], side: Side) -> bool | None:
    found = [_covers_one(prefix, side) for prefix in prefixes]
    if True in found:
        return True
    return None if None in found else False


def _covers_one(prefix: str, side: Side) -> bool | None:
    if prefix.lower() in _EVERYTHING:
        return True
    written = ranges([prefix])
    if written:
        return _in_range(written[0], side)
    if prefix.lower() == VIRTUAL_NETWORK.lower():
        return None if side.routed and not side.private else side.private
    if side.private:
        return False
    if prefix.lower() == INTERNET.lower():
        return True
    return _in_tag(prefix, side.tag)


def _in_range(written: Range, side: Side) -> bool | None:
    if not side.private:
        # A public address may lie in any range of public addresses.
        return False if written.is_private else None
    if not side.ranges:
        return None
    if all(one.subnet_of(written) for one in side.ranges):
        return True
    return None if any(one.overlaps(written) for one in side.ranges) else False


def _in_tag(prefix: str, tag: str) -> bool | None:
    """A regional tag (`Storage.WestEurope`) may or may not be the target's region."""
    name, _, region = prefix.lower().partition(".")
    if name == ALL_AZURE.lower():
        return True if tag and not region else None
    if not tag:
        return None
    if name != tag.lower():
        return False
    return None if region else True


def _rules(group: Resource, direction: str, declared: Declared) -> Iterator[SecurityRule]:
    beside = [rule.plain_inputs for rule in declared.security_rules.get(group.id.lower(), ())]
    for stated in (*group.items("securityRules"), *beside):
        if str(stated.get("direction")).lower() == direction.lower():
            yield _rule(stated)


def _rule(stated: Mapping[str, object]) -> SecurityRule:
    priority = stated.get("priority")
    return SecurityRule(
        name=str(stated.get("name") or stated.get("securityRuleName")),
        priority=int(priority) if isinstance(priority, int | float) else 0,
        allows=str(stated.get("access")).lower() == "allow",
        protocol=str(stated.get("protocol")),
        sources=_texts(stated, "sourceAddressPrefix", "sourceAddressPrefixes"),
        destinations=_texts(stated, "destinationAddressPrefix", "destinationAddressPrefixes"),
        ports=_texts(stated, "destinationPortRange", "destinationPortRanges"),
        grouped=bool(
            stated.get("sourceApplicationSecurityGroups")
            or stated.get("destinationApplicationSecurityGroups")
        ),
    )


def _texts(stated: Mapping[str, object], one: str, several: str) -> tuple[str, ...]:
    given = [stated.get(one), *listed(stated, several)]
    return tuple(str(text) for text in given if text not in (None, ""))
