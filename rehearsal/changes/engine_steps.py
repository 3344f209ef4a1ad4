"""One step of a real preview as the engine writes it: checked, so that what is made of it need not ask again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rehearsal.access import Described, mapping
from rehearsal.changes.documents import text, texts
from rehearsal.changes.model import Kind
from rehearsal.changes.values import readable
from rehearsal.model.errors import RehearsalError
from rehearsal.model.urns import logical_name, qualified_type

KINDS: Mapping[str, Kind] = {
    "create": Kind.CREATE,
    "import": Kind.IMPORT,
    "update": Kind.UPDATE,
    "delete": Kind.DELETE,
    "replace": Kind.REPLACE,
    "create-replacement": Kind.REPLACE,
    "delete-replaced": Kind.REPLACE,
    "import-replacement": Kind.REPLACE,
}
"""The engine's steps that change something (pulumi sdk/go/common/apitype/history.go, OpType)."""

_AFTER = KINDS.keys() - {"delete", "delete-replaced"}
"""The steps that say what stands afterwards; a deletion says what stood before."""

_STATE_TYPES: Mapping[str, type] = {
    "custom": bool,
    "deletedWith": str,
    "dependencies": list,
    "id": str,
    "inputs": dict,
    "outputs": dict,
    "parent": str,
    "protect": bool,
    "provider": str,
    "replaceWith": list,
    "retainOnDelete": bool,
    "type": str,
}
"""What is read of a state (pulumi sdk/go/common/apitype/events.go, StepEventStateMetadata; core.go, ResourceV3)."""

_JSON_NAMES = {bool: "true or false", str: "a text", list: "a list", dict: "an object"}

_URN_PARTS = 4


@dataclass(frozen=True)
class Step:
    """`forced`: the properties that force a replacement, as far as the engine says it without a detailed
    difference."""

    operation: str
    urn: str
    old: Described | None
    new: Described | None
    difference: Mapping[str, object]
    forced: tuple[str, ...] = ()


def read_step(item: object, keys: tuple[str, str, str], place: str) -> Step:
    """`keys` are those of the state before, the state after, and what forces a replacement.

    Raises `RehearsalError`, which begins with `place`, for what no engine writes.
    """
    urn = text(item, "urn") if isinstance(item, Mapping) else ""
    if not isinstance(item, Mapping) or not is_urn(urn):
        raise RehearsalError(f"{place}: is no step of a preview: it names no resource")
    operation = text(item, "op")
    if not operation:
        raise RehearsalError(f"{place}: is no step of a preview: it has no op")
    old, new, forced = keys
    needed = new if operation in _AFTER else old
    if operation in KINDS and not item.get(needed):
        raise RehearsalError(f"{place}: is no whole step of a preview: {operation} without {needed}")
    reasons = texts(item, forced)
    return Step(
        operation=operation,
        urn=urn,
        old=_described(item.get(old), urn, f"{place}: {old}"),
        new=_described(item.get(new), urn, f"{place}: {new}"),
        difference=mapping(item, "detailedDiff") or {key: {} for key in reasons},
        forced=reasons,
    )


def is_urn(urn: str) -> bool:
    """Whether it has the four parts of a resource's URN."""
    return urn.startswith("urn:pulumi:") and urn.count("::") >= _URN_PARTS - 1


def _described(state: object, urn: str, place: str) -> Described | None:
    """An engine's state in the form of an inventory's resource. Raises `RehearsalError` for what no engine writes."""
    if state is None or state == {}:
        return None
    if not isinstance(state, Mapping):
        raise RehearsalError(f"{place} must be an object")
    given = {str(key): value for key, value in state.items() if value is not None}
    for key, wanted in _STATE_TYPES.items():
        if key in given and not isinstance(given[key], wanted):
            # Not the value itself: it may be a secret in the wrong place.
            raise RehearsalError(f"{place}.{key} must be {_JSON_NAMES[wanted]}")
    if text(given, "parent") and not is_urn(text(given, "parent")):
        raise RehearsalError(f"{place}.parent must be a URN")
    told = {key: readable(value) for key, value in given.items()}
    missing = {"id": "", "custom": False, "parent": "", "type": qualified_type(urn).rpartition("$")[2]}
    return {**missing, **told, "urn": urn, "name": logical_name(urn)}
