"""The change between two inventories of one stack: base and head of a pull request, without any cloud."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from rehearsal.access import Described, mapping
from rehearsal.changes.aliases import earlier_urns
from rehearsal.changes.consequences import (
    access_changes,
    cascade,
    counts,
    followers_of,
    unprotected,
    with_followers,
)
from rehearsal.changes.critical_path import critical_path
from rehearsal.changes.documents import grants, label, listed, resources, text, texts
from rehearsal.changes.model import (
    FindingChange,
    FindingState,
    Kind,
    ResourceChange,
    StackChange,
    in_order,
)
from rehearsal.changes.picture import component_names, picture
from rehearsal.changes.properties import property_changes
from rehearsal.changes.values import one_line
from rehearsal.cloud.change import ChangeKind, ResourceRecord, plan_change
from rehearsal.cloud.differences import changed_paths

_KINDS = {ChangeKind.UPDATE: Kind.UPDATE, ChangeKind.REPLACE: Kind.REPLACE}


def compare(base: Mapping[str, object], head: Mapping[str, object]) -> StackChange:
    """What the step from one inventory to the other comes to. Both are documents of `preview --json`."""
    old = {text(item, "urn"): item for item in resources(base)}
    new = {text(item, "urn"): item for item in resources(head)}
    components = {**component_names(old.values()), **component_names(new.values())}
    aliased = {alias: urn for alias, urn in earlier_urns(new).items() if alias not in new and urn not in old}
    pairs = {urn: urn for urn in old if urn in new} | {urn: aliased[urn] for urn in old if urn in aliased}
    found: list[ResourceChange] = []
    same = 0
    for old_urn, new_urn in pairs.items():
        change = _change(old[old_urn], new[new_urn], components)
        found.extend([change] if change else [])
        same += change is None and counts(new[new_urn])
    gone = [item for urn, item in old.items() if urn not in pairs and counts(item)]
    come = [item for urn, item in new.items() if urn not in pairs.values() and counts(item)]
    found += _moved_gone_and_come(gone, come, components)
    changes = tuple(sorted(with_followers(found, old, new), key=in_order))
    return StackChange(
        stack=text(head, "stack"),
        changes=changes,
        same=same,
        cascade=cascade(changes, old, new),
        access=access_changes(grants(base), grants(head)),
        findings=_findings(base, head),
        components=picture(resources(head), changes),
        critical_path=critical_path(changes, new, _created_again(changes, old, new)),
        unprotected=unprotected({after: old[before] for before, after in pairs.items()}, new),
        notice="" if old else "nothing stands yet: this would be its first deployment",
    )


def _created_again(
    changes: Iterable[ResourceChange], old: Mapping[str, Described], new: Mapping[str, Described]
) -> set[str]:
    followers = followers_of((change for change in changes if change.kind is Kind.REPLACE), old, new)
    return {urn for among in followers.values() for urn in among}


def _change(old: Described, new: Described, components: Mapping[str, str]) -> ResourceChange | None:
    if not counts(new) or text(old, "type") != text(new, "type"):
        return None
    planned = plan_change(_record(old), _record(new))
    if planned.kind is ChangeKind.SAME:
        return None
    return ResourceChange(
        kind=_KINDS[planned.kind],
        urn=text(new, "urn"),
        type=text(new, "type"),
        name=text(new, "name"),
        component=components[text(new, "urn")],
        properties=property_changes(
            planned.paths, mapping(old, "inputs"), mapping(new, "inputs"), planned.replaces
        ),
        deletes_first=planned.delete_before_replace,
        refusal=f"{planned.refusal.path}: {planned.refusal.message}" if planned.refusal else "",
    )


def _record(item: Described) -> ResourceRecord:
    first = item.get("deleteBeforeReplace")
    return ResourceRecord(
        urn=text(item, "urn"),
        type=text(item, "type"),
        inputs=mapping(item, "inputs"),
        id=text(item, "id"),
        protect=item.get("protect") is True,
        delete_before_replace=first if isinstance(first, bool) else None,
        ignore_changes=texts(item, "ignoreChanges"),
        replace_on_changes=texts(item, "replaceOnChanges"),
    )


def _moved_gone_and_come(
    gone: list[Described], come: list[Described], components: Mapping[str, str]
) -> Iterator[ResourceChange]:
    """Deletions and creations, but for those that are one resource under two URNs."""
    before = _earlier(gone, come)
    for item in come:
        if (earlier := before.get(text(item, "urn"))) is None:
            yield _whole(Kind.IMPORT if text(item, "importId") else Kind.CREATE, item, components)
            continue
        inputs = mapping(earlier, "inputs"), mapping(item, "inputs")
        yield dataclasses.replace(
            _whole(Kind.MOVED, item, components),
            old_urn=text(earlier, "urn"),
            properties=property_changes(changed_paths(*inputs), *inputs),
        )
    moved = {text(item, "urn") for item in before.values()}
    for item in gone:
        if text(item, "urn") not in moved:
            protected = "is protected; take the protection away in a step of its own, before the deletion"
            yield dataclasses.replace(
                _whole(Kind.DELETE, item, components),
                refusal=protected if item.get("protect") is True else "",
                retained=item.get("retainOnDelete") is True,
            )


def _earlier(gone: Iterable[Described], come: Iterable[Described]) -> Mapping[str, Described]:
    """What each new URN was before: in Azure that with the same id, elsewhere (where only the service makes ids up) the
    only one with the same inputs."""
    by_identity: dict[str, list[Described]] = {}
    for item in gone:
        by_identity.setdefault(_identity(item), []).append(item)
    news = Counter(_identity(item) for item in come)
    return {
        text(item, "urn"): by_identity[known][0]
        for item in come
        if (known := _identity(item)) and len(by_identity.get(known, ())) == 1 and news[known] == 1
    }


def _identity(item: Described) -> str:
    """Empty where nothing tells two such resources apart."""
    if text(item, "id").startswith("/subscriptions/"):
        return f"{text(item, 'type')} {text(item, 'id').lower()}"
    inputs = mapping(item, "inputs")
    return f"{text(item, 'type')} {json.dumps(inputs, sort_keys=True, default=str)}" if inputs else ""


def _whole(kind: Kind, item: Described, components: Mapping[str, str]) -> ResourceChange:
    return ResourceChange(
        kind=kind,
        urn=text(item, "urn"),
        type=text(item, "type"),
        name=text(item, "name"),
        component=components[text(item, "urn")],
    )


def _findings(base: Mapping[str, object], head: Mapping[str, object]) -> tuple[FindingChange, ...]:
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


def _found(document: Mapping[str, object]) -> Iterator[tuple[tuple[str, str, str, int], str]]:
    """(level, rule, resource, which of several) and message."""
    seen: Counter[tuple[str, str, str]] = Counter()
    labels = {text(item, "urn"): label(item) for item in resources(document)}
    rows = [("refused", text(row, "rule"), row) for row in listed(document, "refusals")]
    rows += [("warning", text(row, "rule"), row) for row in listed(document, "warnings")]
    for pack in listed(document, "policies"):
        rows += [(text(row, "level"), text(row, "policy"), row) for row in listed(pack, "findings")]
    for level, rule, row in rows:
        subject = labels.get(text(row, "urn"), text(row, "urn") or "the stack")
        key = (level, rule, subject)
        seen[key] += 1
        yield (*key, seen[key]), one_line(text(row, "message"))
