"""What follows from changes: who goes with a deleted resource, who gets new values, who gains or loses access."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping

from rehearsal.access import AccessGrant, Described, mapping
from rehearsal.changes.documents import label, text, texts
from rehearsal.changes.model import AccessChange, Kind, ResourceChange

_MADE_UP = re.compile(r"[0-9a-fA-F-]{8,}|https?://")
"""What a service makes up and another resource can use: an object id, a URL."""


def counts(item: Described) -> bool:
    """Components and providers stand for nothing in a cloud."""
    return item["custom"] is True and not text(item, "type").startswith("pulumi:")


def with_followers(
    changes: Iterable[ResourceChange], old: Mapping[str, Described], new: Mapping[str, Described]
) -> Iterator[ResourceChange]:
    """Adds to each replaced or deleted resource what lives in it and stays in the program: it goes with it."""
    for change in changes:
        if change.kind not in (Kind.DELETE, Kind.REPLACE):
            yield change
            continue
        among = new if change.kind is Kind.REPLACE else old
        followers = tuple(
            sorted(label(item) for item in among.values() if _lives_in(item, among[change.urn]))
        )
        yield dataclasses.replace(change, takes_along=followers)


def _lives_in(item: Described, host: Described) -> bool:
    if item is host or not counts(item):
        return False
    below = text(host, "id").startswith("/") and text(item, "id").lower().startswith(
        f"{text(host, 'id').lower()}/"
    )
    urn = text(host, "urn")
    return below or text(item, "deletedWith") == urn or urn in texts(item, "replaceWith")


def cascade(
    changes: Iterable[ResourceChange], old: Mapping[str, Described], new: Mapping[str, Described]
) -> tuple[str, ...]:
    """Labels of those that use what a replaced resource's service makes up: they get a value that nobody knows before.
    What goes with the replaced resource is told there."""
    listed = list(changes)
    replaced = {change.urn for change in listed if change.kind is Kind.REPLACE}
    changed = {change.urn for change in listed}
    told = {name for change in listed for name in change.takes_along}
    made_up = {urn: _made_up(new[urn]) for urn in replaced}
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


def _made_up(item: Described) -> set[str]:
    given = _leaves(mapping(item, "inputs"))
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
    """Who gains or loses which role where, whatever the role assignments are called."""
    before, after = {_grant(grant) for grant in base}, {_grant(grant) for grant in head}
    return tuple(
        sorted(
            AccessChange(*row[:4], gains=gains, condition=row[4])
            for rows, gains in ((after - before, True), (before - after, False))
            for row in rows
        )
    )


def _grant(grant: AccessGrant) -> tuple[str, str, str, str, str]:
    return (grant.principal, grant.principal_type, grant.scope, grant.role, grant.condition)
