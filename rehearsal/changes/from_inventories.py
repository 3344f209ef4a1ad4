"""The change between two inventories of one stack: base and head of a pull request, without any cloud."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from rehearsal.changes.aliases import earlier_urns
from rehearsal.changes.consequences import (
    access_changes,
    cascade,
    followers_of,
    unprotected,
    with_followers,
)
from rehearsal.changes.costs import cost_change
from rehearsal.changes.critical_path import critical_path
from rehearsal.changes.model import FindingChange, FindingState, ResourceChange, StackChange, in_order
from rehearsal.changes.picture import component_names, picture
from rehearsal.changes.promises import opened_roads, promise_changes
from rehearsal.changes.properties import property_changes
from rehearsal.changes.values import one_line
from rehearsal.cloud.change import plan_change, record_of
from rehearsal.cloud.differences import changed_paths
from rehearsal.model.access import AccessGrant
from rehearsal.model.change_kind import ChangeKind
from rehearsal.model.inventory import Inventory, InventoryResource
from rehearsal.people import people_in


def compare(base: Inventory, head: Inventory) -> StackChange:
    """What changes from one inventory to the other."""
    old = {item.urn: item for item in base.resources}
    new = {item.urn: item for item in head.resources}
    components = {**component_names(old.values()), **component_names(new.values())}
    aliased = {alias: urn for alias, urn in earlier_urns(new).items() if alias not in new and urn not in old}
    pairs = {urn: urn for urn in old if urn in new} | {urn: aliased[urn] for urn in old if urn in aliased}
    found: list[ResourceChange] = []
    same = 0
    for old_urn, new_urn in pairs.items():
        change = _change(old[old_urn], new[new_urn], components)
        found.extend([change] if change else [])
        same += change is None and new[new_urn].is_deployed
    gone = [item for urn, item in old.items() if urn not in pairs and item.is_deployed]
    come = [item for urn, item in new.items() if urn not in pairs.values() and item.is_deployed]
    found += _moved_gone_and_come(gone, come, components)
    changes = tuple(sorted(with_followers(found, old, new), key=in_order))
    return StackChange(
        stack=head.stack,
        changes=changes,
        same=same,
        cascade=cascade(changes, old, new),
        access=access_changes(_with_names_of(base, head), head.access),
        promises=promise_changes(base, head) if old else (),
        roads=opened_roads(base, head) if old else (),
        findings=_findings(base, head),
        components=picture(head.resources, changes),
        critical_path=critical_path(changes, new, _created_again(changes, old, new)),
        unprotected=unprotected({after: old[before] for before, after in pairs.items()}, new),
        costs=cost_change(base.costs, head.costs, is_first=not old),
        notice="" if old else "nothing is deployed yet: this would be its first deployment",
    )


def _with_names_of(base: Inventory, head: Inventory) -> Iterator[AccessGrant]:
    """The base's grants, with people called what the head calls them: a new name for somebody is no access."""
    known, now = people_in(base.outputs), people_in(head.outputs)
    keys = {name: key for key, name in known.items()}
    for grant in base.access:
        key = keys.get(grant.principal, grant.principal)
        yield dataclasses.replace(grant, principal=now.get(key, grant.principal))


def _created_again(
    changes: Iterable[ResourceChange],
    old: Mapping[str, InventoryResource],
    new: Mapping[str, InventoryResource],
) -> set[str]:
    followers = followers_of((change for change in changes if change.kind is ChangeKind.REPLACE), old, new)
    return {urn for among in followers.values() for urn in among}


def _change(
    old: InventoryResource, new: InventoryResource, components: Mapping[str, str]
) -> ResourceChange | None:
    if not new.is_deployed or old.type != new.type:
        return None
    planned = plan_change(record_of(old), record_of(new))
    if planned.kind is ChangeKind.SAME:
        return None
    return ResourceChange(
        kind=planned.kind,
        urn=new.urn,
        type=new.type,
        name=new.name,
        component=components[new.urn],
        properties=property_changes(planned.paths, old.inputs, new.inputs, planned.replaces),
        deletes_first=planned.delete_before_replace,
        refusal=f"{planned.refusal.path}: {planned.refusal.message}" if planned.refusal else "",
    )


def _moved_gone_and_come(
    gone: list[InventoryResource], come: list[InventoryResource], components: Mapping[str, str]
) -> Iterator[ResourceChange]:
    """Deletions and creations, but for those that are one resource under two URNs."""
    before = _earlier(gone, come)
    for item in come:
        if (earlier := before.get(item.urn)) is None:
            yield _whole(ChangeKind.IMPORT if item.options.import_id else ChangeKind.CREATE, item, components)
            continue
        inputs = earlier.inputs, item.inputs
        yield dataclasses.replace(
            _whole(ChangeKind.MOVED, item, components),
            old_urn=earlier.urn,
            properties=property_changes(changed_paths(*inputs), *inputs),
        )
    moved = {item.urn for item in before.values()}
    for item in gone:
        if item.urn not in moved:
            protected = "is protected; take the protection away in a step of its own, before the deletion"
            yield dataclasses.replace(
                _whole(ChangeKind.DELETE, item, components),
                refusal=protected if item.options.protect else "",
                retained=item.options.retain_on_delete,
            )


def _earlier(
    gone: Iterable[InventoryResource], come: Iterable[InventoryResource]
) -> Mapping[str, InventoryResource]:
    """What each new URN was before: in Azure that with the same id, elsewhere (where only the service makes ids up) the
    only one with the same inputs."""
    by_identity: dict[str, list[InventoryResource]] = {}
    for item in gone:
        by_identity.setdefault(_identity(item), []).append(item)
    news = Counter(_identity(item) for item in come)
    return {
        item.urn: by_identity[known][0]
        for item in come
        if (known := _identity(item)) and len(by_identity.get(known, ())) == 1 and news[known] == 1
    }


def _identity(item: InventoryResource) -> str:
    """Empty where nothing tells two such resources apart."""
    if item.id.startswith("/subscriptions/"):
        return f"{item.type} {item.id.lower()}"
    inputs = item.inputs
    return f"{item.type} {json.dumps(inputs, sort_keys=True, default=str)}" if inputs else ""


def _whole(kind: ChangeKind, item: InventoryResource, components: Mapping[str, str]) -> ResourceChange:
    return ResourceChange(
        kind=kind,
        urn=item.urn,
        type=item.type,
        name=item.name,
        component=components[item.urn],
    )


def _findings(base: Inventory, head: Inventory) -> tuple[FindingChange, ...]:
    """Findings are the same where level, rule and resource are: a reworded message is no new finding."""
    before, after = dict(_found(base)), dict(_found(head))
    states = {
        **dict.fromkeys(before.keys() - after.keys(), FindingState.FIXED),
        **{key: FindingState.UNCHANGED if key in before else FindingState.NEW for key in after},
    }
    return tuple(
        sorted(
            FindingChange(state, key[0], key[1], key[2], after.get(key, before.get(key, "")))
            for key, state in states.items()
        )
    )


def _found(inventory: Inventory) -> Iterator[tuple[tuple[str, str, str, int], str]]:
    """(level, rule, resource, which of several) and message."""
    seen: Counter[tuple[str, str, str]] = Counter()
    labels = {item.urn: item.label for item in inventory.resources}
    rows = [("refused", row.rule, row.urn, row.message) for row in inventory.refusals]
    rows += [("warning", row.rule, row.urn, row.message) for row in inventory.warnings]
    rows += [(row.level.value, row.policy, row.urn, row.message) for row in inventory.policy_findings]
    for level, rule, urn, message in rows:
        subject = labels.get(urn, urn or "the stack")
        key = (level, rule, subject)
        seen[key] += 1
        yield (*key, seen[key]), one_line(message)
