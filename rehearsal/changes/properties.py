"""What differs in a resource, path by path: into texts that hold JSON, and with tags known by their names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from rehearsal.changes.model import PropertyChange
from rehearsal.changes.values import shown
from rehearsal.cloud.differences import changed_paths
from rehearsal.model.paths import split_path, walk

_TAG_PLACES = frozenset({"tags", "customtags", "custom_tags"})
"""Where types keep tags: Azure's `tags`, Databricks' `customTags` of clusters, pools and warehouses."""

_POLICY_TAG = "custom_tags."
"""In a cluster policy's definition a forced tag is one key, such as `custom_tags.owner`."""


def property_changes(
    paths: Iterable[str],
    old: Mapping[str, object],
    new: Mapping[str, object],
    replaces: Iterable[str] = (),
) -> tuple[PropertyChange, ...]:
    """The change at each of the paths that differ between two sets of inputs; `replaces` are those that force a
    replacement."""
    forced = set(replaces)
    return tuple(
        change
        for path in paths
        for change in _at(path, walk(old, path), walk(new, path), path in forced, old, new)
    )


def _at(
    path: str,
    before: object,
    after: object,
    replaces: bool,  # noqa: FBT001
    old: Mapping[str, object],
    new: Mapping[str, object],
) -> Iterator[PropertyChange]:
    left, right = _parsed(before), _parsed(after)
    if left is not None and right is not None:
        inner = changed_paths(left, right)
        for step in inner:
            below = f"{path}{'' if step.startswith('[') else '.'}{step}"
            tag = _policy_tag(step) or _tag(below, old, new)
            yield PropertyChange(below, shown(walk(left, step)), shown(walk(right, step)), replaces, tag)
        if inner:
            return
    yield PropertyChange(path, shown(before), shown(after), replaces, _tag(path, old, new))


def _parsed(value: object) -> Mapping[str, object] | None:
    """An object, or that in a text of JSON, such as a cluster policy's definition."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, str) or not value.startswith("{"):
        return None
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _tag(path: str, old: Mapping[str, object], new: Mapping[str, object]) -> str:
    """The tag's name: the key below `tags`, or of a list of pairs the `key` of the pair that differs."""
    for step, below in pairwise(split_path(path)):
        if not isinstance(step, str) or step.lower() not in _TAG_PLACES:
            continue
        if isinstance(below, str) and below.lower() not in _TAG_PLACES:
            return below
    if path.endswith("].value"):
        key = f"{path.removesuffix('.value')}.key"
        name = walk(new, key)
        if isinstance(name, str) and name == walk(old, key) and "tags" in path.lower():
            return name
    return ""


def _policy_tag(step: str) -> str:
    steps = split_path(step)
    first = steps[0] if steps else ""
    return first.removeprefix(_POLICY_TAG) if isinstance(first, str) and first.startswith(_POLICY_TAG) else ""
