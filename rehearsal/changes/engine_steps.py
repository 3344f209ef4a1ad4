"""One step of a real preview as the engine writes it: checked, so that what is made of it need not ask again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rehearsal.changes.values import is_unknown
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
"""The steps that say what there is afterwards; a deletion says what there was before."""


_COMES_AGAIN = frozenset({"replace", "create-replacement", "import-replacement"})


@dataclass(frozen=True)
class Step:
    """`forced`: the properties that force a replacement, as far as the engine says it without a detailed
    difference. `deletes_first`: the old resource goes before the new one comes."""

    operation: str
    urn: str
    old: InventoryResource | None
    new: InventoryResource | None
    difference: JsonObject
    forced: tuple[str, ...] = ()
    deletes_first: bool = False


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
        deletes_first=operation == "delete-replaced",
    )


def together(steps: Sequence[Step]) -> Step | None:
    """All steps of one resource as one; None where the preview was cut off before it reached the program's own step.

    A refresh comes first: what it finds in the cloud is the state before. A replacement is several steps, of which one
    carries the difference; the old half of one that is in the program no longer is a deletion.
    """
    taken = [step for step in steps if step.operation != "refresh"]
    if not taken:
        return None
    told = [step for step in taken if step.operation in KINDS] or taken
    first = next((step for step in told if step.difference), told[0])
    operations = {step.operation for step in taken}
    gone = {"delete-replaced", "remove-pending-replace"} <= operations and not operations & _COMES_AGAIN
    old = next((step.old for step in taken if step.old), None)
    new = next((step.new for step in reversed(taken) if step.new), None)
    return replace(
        first,
        operation="delete" if gone else first.operation,
        old=old,
        new=_completed(new, old, first.operation) if new else None,
        deletes_first=told[0].deletes_first and not gone,
    )


def _completed(new: InventoryResource, old: InventoryResource | None, operation: str) -> InventoryResource:
    """What stays keeps its id, and the outputs that the preview does not know: the engine sets them only when it
    takes the step (pulumi pkg/resource/deploy/step.go, SameStep.Apply and UpdateStep.Apply)."""
    if old is None or operation not in ("same", "update"):
        return new
    known = {key: value for key, value in new.outputs.items() if not is_unknown(value)}
    return replace(new, id=new.id or old.id, outputs={**old.outputs, **known})


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
