"""What follows from changes: who goes with a deleted resource, who gets new values, who gains or loses access."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rehearsal.access import AccessGrant, Described, mapping
from rehearsal.changes.documents import label, text, texts
from rehearsal.changes.model import AccessChange, Kind, ResourceChange

_GRAVE = (Kind.DELETE, Kind.REPLACE)
_MADE_UP = re.compile(r"[0-9a-fA-F-]{8,}|https?://")
"""What a service makes up and another resource can use: an object id, a URL."""


def counts(item: Described) -> bool:
    """Components and providers stand for nothing in a cloud."""
    return item["custom"] is True and not text(item, "type").startswith("pulumi:")


def with_followers(
    changes: Iterable[ResourceChange], old: Mapping[str, Described], new: Mapping[str, Described]
) -> tuple[ResourceChange, ...]:
    """Adds to each replaced or deleted resource what lives in it and so goes with it."""
    listed = list(changes)
    followers = followers_of(listed, old, new)
    hosts = {follower: urn for urn in sorted(followers) for follower in followers[urn]}
    return tuple(
        dataclasses.replace(
            change,
            takes_along=tuple(
                sorted(
                    label((old if change.kind is Kind.DELETE else new)[urn]) for urn in followers[change.urn]
                )
            ),
            host=_outermost(change.urn, hosts),
        )
        if change.urn in followers or change.urn in hosts
        else change
        for change in listed
    )


def followers_of(
    changes: Iterable[ResourceChange], old: Mapping[str, Described], new: Mapping[str, Described]
) -> Mapping[str, list[str]]:
    """URNs of what goes with each deleted (of the old state) or replaced (of the new one) resource."""
    listed = list(changes)
    found: dict[str, list[str]] = defaultdict(list)
    for kind, among in ((Kind.DELETE, old), (Kind.REPLACE, new)):
        going = {change.urn for change in listed if change.kind is kind}
        by_id = {
            text(among[urn], "id").lower(): urn for urn in going if text(among[urn], "id").startswith("/")
        }
        for urn, item in among.items() if going else ():
            if counts(item) and urn in old:
                for host in {*_above(text(item, "id").lower(), by_id), *_bound_to(item)} & going - {urn}:
                    found[host].append(urn)
    return found


def _above(arm_id: str, by_id: Mapping[str, str]) -> Iterator[str]:
    """The resources whose ids the id begins with."""
    end = arm_id.rfind("/")
    while end > 0:
        if arm_id[:end] in by_id:
            yield by_id[arm_id[:end]]
        end = arm_id.rfind("/", 0, end)


def _bound_to(item: Described) -> tuple[str, ...]:
    return (text(item, "deletedWith"), *texts(item, "replaceWith"))


def _outermost(urn: str, hosts: Mapping[str, str]) -> str:
    """The host of the host and so on: a container goes with its account, and the account perhaps with something else.
    Two that would go with each other have none."""
    seen = {urn}
    while (above := hosts.get(urn)) is not None and above not in seen:
        seen.add(above)
        urn = above
    return "" if len(seen) == 1 or urn in hosts else urn


def cascade(
    changes: Iterable[ResourceChange], old: Mapping[str, Described], new: Mapping[str, Described]
) -> tuple[str, ...]:
    """Labels of those that use what a replaced resource's service makes up: they get a value that nobody knows before.
    What goes with the replaced resource is told there."""
    listed = list(changes)
    replaced = {change.urn for change in listed if change.kind is Kind.REPLACE}
    changed = {change.urn for change in listed}
    told = {name for change in listed for name in change.takes_along}
    made_up = {urn: _made_up(new[urn], new) for urn in replaced}
    found = set()
    for urn, item in new.items():
        if urn in changed or urn not in old or not counts(item):
            continue
        dependencies = mapping(item, "propertyDependencies")
        for name in dependencies:
            used = _leaves(mapping(item, "inputs").get(name))
            if any(made_up.get(target, set()) & used for target in texts(dependencies, name)):
                found.add(label(item))
    return tuple(sorted(found - told))


def _made_up(item: Described, others: Mapping[str, Described]) -> set[str]:
    """What it is the first to tell: of what it uses it tells some too, such as its identity's client id."""
    used = (others[urn] for urn in texts(item, "dependencies") if urn in others)
    given = _leaves(mapping(item, "inputs")).union(*(_leaves(mapping(one, "outputs")) for one in used))
    return {
        leaf for leaf in _leaves(mapping(item, "outputs")) if leaf not in given and _MADE_UP.match(leaf)
    } - {text(item, "id")}


def _leaves(value: object) -> set[str]:
    if isinstance(value, Mapping):
        return {leaf for item in value.values() for leaf in _leaves(item)}
    if isinstance(value, (list, tuple)):
        return {leaf for item in value for leaf in _leaves(item)}
    return {value} if isinstance(value, str) else set()


def access_changes(base: Iterable[AccessGrant], head: Iterable[AccessGrant]) -> tuple[AccessChange, ...]:
    """Who gains or loses which role where, whatever the role assignments are called. One that is only described in
    other words is no change."""
    before, after = ({_key(grant): grant.description for grant in grants} for grants in (base, head))
    return tuple(
        sorted(
            AccessChange(*key[:4], gains=gains, condition=key[4], description=these[key])
            for these, those, gains in ((after, before, True), (before, after, False))
            for key in these.keys() - those.keys()
        )
    )


def _key(grant: AccessGrant) -> tuple[str, str, str, str, str]:
    return (grant.principal, grant.principal_type, grant.scope, grant.role, grant.condition)


def unprotected(old: Mapping[str, Described], new: Mapping[str, Described]) -> tuple[str, ...]:
    """Labels of those that stay in the program and lose the engine's protection from deletion."""
    return tuple(
        sorted(
            label(item)
            for urn, item in new.items()
            if urn in old
            and counts(item)
            and old[urn].get("protect") is True
            and item.get("protect") is not True
        )
    )
