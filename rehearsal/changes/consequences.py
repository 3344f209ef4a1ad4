"""What follows from changes: who goes with a deleted resource, who gets new values, who gains or loses access."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rehearsal.changes.model import AccessChange, ResourceChange
from rehearsal.model.access import AccessGrant
from rehearsal.model.change_kind import ChangeKind
from rehearsal.model.inventory import InventoryResource
from rehearsal.model.json_values import all_texts

_MADE_UP = re.compile(r"[0-9a-fA-F-]{8,}|https?://")
"""What a service makes up and another resource can use: an object id, a URL."""


def with_followers(
    changes: Iterable[ResourceChange],
    old: Mapping[str, InventoryResource],
    new: Mapping[str, InventoryResource],
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
                    (old if change.kind is ChangeKind.DELETE else new)[urn].label
                    for urn in followers[change.urn]
                )
            ),
            host=_outermost(change.urn, hosts),
        )
        if change.urn in followers or change.urn in hosts
        else change
        for change in listed
    )


def followers_of(
    changes: Iterable[ResourceChange],
    old: Mapping[str, InventoryResource],
    new: Mapping[str, InventoryResource],
) -> Mapping[str, list[str]]:
    """URNs of what goes with each deleted (of the old state) or replaced (of the new one) resource."""
    listed = list(changes)
    found: dict[str, list[str]] = defaultdict(list)
    for kind, among in ((ChangeKind.DELETE, old), (ChangeKind.REPLACE, new)):
        going = {change.urn for change in listed if change.kind is kind}
        by_id = {among[urn].id.lower(): urn for urn in going if among[urn].id.startswith("/")}
        for urn, item in among.items() if going else ():
            if item.is_deployed and urn in old:
                for host in {*_above(item.id.lower(), by_id), *_bound_to(item)} & going - {urn}:
                    found[host].append(urn)
    return found


def _above(arm_id: str, by_id: Mapping[str, str]) -> Iterator[str]:
    """The resources whose ids the id begins with."""
    end = arm_id.rfind("/")
    while end > 0:
        if arm_id[:end] in by_id:
            yield by_id[arm_id[:end]]
        end = arm_id.rfind("/", 0, end)


def _bound_to(item: InventoryResource) -> tuple[str, ...]:
    return (item.options.deleted_with, *item.options.replace_with)


def _outermost(urn: str, hosts: Mapping[str, str]) -> str:
    """The host of the host and so on: a container goes with its account, and the account perhaps with something else.
    Two that would go with each other have none."""
    seen = {urn}
    while (above := hosts.get(urn)) is not None and above not in seen:
        seen.add(above)
        urn = above
    return "" if len(seen) == 1 or urn in hosts else urn


def cascade(
    changes: Iterable[ResourceChange],
    old: Mapping[str, InventoryResource],
    new: Mapping[str, InventoryResource],
) -> tuple[str, ...]:
    """Labels of those that use what a replaced resource's service makes up: they get a value that nobody knows before.
    What goes with the replaced resource is told there."""
    listed = list(changes)
    replaced = {change.urn for change in listed if change.kind is ChangeKind.REPLACE}
    changed = {change.urn for change in listed}
    told = {name for change in listed for name in change.takes_along}
    made_up = {urn: _made_up(new[urn], new) for urn in replaced}
    found = set()
    for urn, item in new.items():
        if urn in changed or urn not in old or not item.is_deployed:
            continue
        for name, targets in item.property_dependencies.items():
            used = all_texts(item.inputs.get(name))
            if any(made_up.get(target, set()) & used for target in targets):
                found.add(item.label)
    return tuple(sorted(found - told))


def _made_up(item: InventoryResource, others: Mapping[str, InventoryResource]) -> set[str]:
    """What it is the first to tell: of what it uses it tells some too, such as its identity's client id."""
    used = (others[urn] for urn in item.dependencies if urn in others)
    given = all_texts(item.inputs).union(*(all_texts(one.outputs) for one in used))
    return {leaf for leaf in all_texts(item.outputs) if leaf not in given and _MADE_UP.match(leaf)} - {
        item.id
    }


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


def unprotected(
    old: Mapping[str, InventoryResource], new: Mapping[str, InventoryResource]
) -> tuple[str, ...]:
    """Labels of those that stay in the program and lose the engine's protection from deletion."""
    return tuple(
        sorted(
            item.label
            for urn, item in new.items()
            if urn in old and item.is_deployed and old[urn].options.protect and not item.options.protect
        )
    )
