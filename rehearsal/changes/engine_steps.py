"""One step of a real preview as the engine writes it: checked, so that what is made of it need not ask again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rehearsal.model.change_kind import ChangeKind
from rehearsal.model.inventory import InventoryResource
from rehearsal.model.json_reader import JsonReader, WrongJsonError
from rehearsal.model.json_values import text_at
from rehearsal.model.resource import Options
from rehearsal.model.urns import is_urn, logical_name, qualified_type
from rehearsal.model.values import JsonObject

KINDS: Mapping[str, ChangeKind] = {
    "create": ChangeKind.CREATE,
    "import": ChangeKind.IMPORT,
    "update": ChangeKind.UPDATE,
    "delete": ChangeKind.DELETE,
    "replace": ChangeKind.REPLACE,
    "create-replacement": ChangeKind.REPLACE,
    "delete-replaced": ChangeKind.REPLACE,
    "import-replacement": ChangeKind.REPLACE,
}
"""The engine's steps that change something (pulumi sdk/go/common/apitype/history.go, OpType)."""

_AFTER = KINDS.keys() - {"delete", "delete-replaced"}
"""The steps that say what stands afterwards; a deletion says what stood before."""


@dataclass(frozen=True)
class Step:
    """`forced`: the properties that force a replacement, as far as the engine says it without a detailed
    difference."""

    operation: str
    urn: str
    old: InventoryResource | None
    new: InventoryResource | None
    difference: JsonObject
    forced: tuple[str, ...] = ()


def read_step(step: JsonReader, keys: tuple[str, str, str]) -> Step:
    """`keys` are those of the state before, the state after, and what forces a replacement.

    Raises `WrongJsonError` for what no engine writes.
    """
    item = step.without_nulls()
    urn, operation = text_at(item.values, "urn"), text_at(item.values, "op")
    if not is_urn(urn):
        raise WrongJsonError("is no step of a preview: it names no resource")
    if not operation:
        raise WrongJsonError("is no step of a preview: it has no op")
    old, new, forced = keys
    needed = new if operation in _AFTER else old
    if operation in KINDS and not item.values.get(needed):
        raise WrongJsonError(f"is no whole step of a preview: {operation} without {needed}")
    reasons = item.texts(forced)
    return Step(
        operation=operation,
        urn=urn,
        old=_state(item, old, urn),
        new=_state(item, new, urn),
        difference=item.mapping("detailedDiff") or {key: {} for key in reasons},
        forced=reasons,
    )


def _state(step: JsonReader, key: str, urn: str) -> InventoryResource | None:
    """An engine's state in the form of an inventory's resource (pulumi sdk/go/common/apitype/events.go,
    StepEventStateMetadata; core.go, ResourceV3). What it leaves empty is as what it leaves out."""
    if not step.values.get(key):
        return None
    state = step.reader(key).without_nulls()
    parent = state.text("parent", "")
    if parent and not is_urn(parent):
        raise WrongJsonError(f"{key}.parent must be a URN")
    return InventoryResource(
        urn=urn,
        type=state.text("type", qualified_type(urn).rpartition("$")[2]),
        name=logical_name(urn),
        id=state.text("id", ""),
        custom=state.flag("custom", default=False),
        parent=parent,
        provider=state.text("provider", ""),
        dependencies=state.texts("dependencies"),
        inputs=state.mapping("inputs"),
        outputs=state.mapping("outputs"),
        options=Options(
            protect=state.flag("protect", default=False),
            retain_on_delete=state.flag("retainOnDelete", default=False),
            deleted_with=state.text("deletedWith", ""),
            replace_with=state.texts("replaceWith"),
        ),
    )
