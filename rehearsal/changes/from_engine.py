"""The change of a real preview: from `pulumi preview --json`, or from the engine's event log.

Both say the same of each resource (pulumi 3.260 pkg/display/json.go, sdk/go/common/apitype/events.go): the step, the
state before and after, and a detailed difference. Only the event log carries policy findings.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rehearsal.access import access_grants
from rehearsal.changes.consequences import access_changes, unprotected, with_followers
from rehearsal.changes.critical_path import critical_path
from rehearsal.changes.engine_steps import KINDS, Step, read_step
from rehearsal.changes.model import FindingChange, FindingState, ResourceChange, StackChange, in_order
from rehearsal.changes.picture import component_names, picture
from rehearsal.changes.properties import property_changes
from rehearsal.changes.values import is_unknown, one_line
from rehearsal.model.change_kind import ChangeKind
from rehearsal.model.errors import RehearsalError
from rehearsal.model.inventory import InventoryResource
from rehearsal.model.json_reader import JsonReader, WrongJsonError, parse_json
from rehearsal.model.json_values import objects_at, text_at
from rehearsal.model.paths import walk
from rehearsal.model.resource import Options
from rehearsal.model.urns import is_urn, logical_name, qualified_type, short_type
from rehearsal.model.values import Json, JsonObject

_SILENT = frozenset(
    {
        "same",
        "read",
        "read-replacement",
        "refresh",
        "discard",
        "discard-replaced",
        "remove-pending-replace",
    }
)
"""The engine's steps that change nothing in a cloud (pulumi sdk/go/common/apitype/history.go, OpType)."""

_CUT_OFF = (
    "the log ends before its summary: the preview was cut off, and what it did not come to is not told here"
)


def from_preview_json(path: Path, stack: str) -> StackChange:
    """The change of `pulumi preview --json > FILE`. Raises `RehearsalError` for another kind of file."""
    try:
        document = parse_json(_read(path))
    except WrongJsonError as error:
        raise RehearsalError(f"{path}: {error}; write it with pulumi preview --json") from error
    if not isinstance(document, dict) or not isinstance(document.get("steps"), list):
        raise RehearsalError(f"{path}: has no steps; write it with pulumi preview --json")
    found: list[Step] = []
    for number, item in enumerate(_objects(document["steps"]), 1):
        with _told_at(f"{path}: step {number}"):
            found.append(read_step(JsonReader(item), ("oldState", "newState", "replaceReasons")))
    errors = [item for item in objects_at(document, "diagnostics") if text_at(item, "severity") == "error"]
    return _stack_change(stack, found, [_failure(item) for item in errors])


def _objects(steps: Json) -> list[JsonObject]:
    """The steps; what is no object is read as an empty one, which is no step."""
    return [item if isinstance(item, dict) else {} for item in steps] if isinstance(steps, list) else []


def from_event_log(path: Path, stack: str) -> StackChange:
    """The change of an event log: one JSON object a line. Raises `RehearsalError` for another kind of file."""
    steps: list[Step] = []
    findings: list[FindingChange] = []
    events, ended = 0, False
    for number, line in enumerate(_read(path).split("\n"), 1):
        if not line.strip():
            continue
        with _told_at(f"{path}:{number}"):
            event = _event(line)
            if "resourcePreEvent" in event.values:
                metadata = event.reader("resourcePreEvent").reader("metadata")
                steps.append(read_step(JsonReader(metadata.values), ("old", "new", "keys")))
            if "policyEvent" in event.values:
                findings.append(_finding(event.mapping("policyEvent")))
            if text_at(event.values, "diagnosticEvent.severity") == "error":
                findings.append(_failure(event.mapping("diagnosticEvent")))
        events += 1
        ended = ended or "summaryEvent" in event.values
    if not events:
        raise RehearsalError(f"{path}: is empty; write the log with pulumi preview --event-log")
    if not ended:
        findings.append(_failure({"message": _CUT_OFF}))
    return _stack_change(stack, steps, findings)


@contextlib.contextmanager
def _told_at(place: str) -> Iterator[None]:
    try:
        yield
    except WrongJsonError as error:
        raise RehearsalError(f"{place}: {error}") from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RehearsalError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RehearsalError(f"{path}: is no UTF-8 text") from error


def _event(line: str) -> JsonReader:
    try:
        event = parse_json(line)
    except WrongJsonError as error:
        raise WrongJsonError(f"is no event: {error}") from error
    if not isinstance(event, dict) or "sequence" not in event:
        raise WrongJsonError("is no event; write the log with pulumi preview --event-log")
    return JsonReader(event)


def _failure(diagnostic: JsonObject) -> FindingChange:
    """The preview itself failed: what it shows is not all."""
    message = one_line(text_at(diagnostic, "message")).removeprefix("error: ")
    return FindingChange(
        FindingState.FOUND, "refused", "the preview failed", _subject(text_at(diagnostic, "urn")), message
    )


def _subject(urn: str) -> str:
    if not is_urn(urn):
        return "the stack"
    return f"{short_type(qualified_type(urn).rpartition('$')[2])} {logical_name(urn)}"


def _finding(event: JsonObject) -> FindingChange:
    return FindingChange(
        FindingState.FOUND,
        text_at(event, "enforcementLevel"),
        text_at(event, "policyName"),
        _subject(text_at(event, "resourceUrn")),
        one_line(text_at(event, "message")),
    )


def _stack_change(stack: str, steps: Iterable[Step], findings: Iterable[FindingChange]) -> StackChange:
    taken = list(steps)
    old = {step.urn: step.old for step in taken if step.old}
    new = {step.urn: step.new for step in taken if step.new}
    components = {**component_names(old.values()), **component_names(new.values())}
    found: dict[str, ResourceChange] = {}
    cascade: set[str] = set()
    same = 0
    for step in taken:
        state = step.new or step.old
        if state is None or not state.is_deployed:
            continue
        same += step.operation == "same"
        kind = KINDS.get(step.operation)
        if kind is None or (step.urn in found and found[step.urn].kind is ChangeKind.REPLACE):
            continue
        if kind is ChangeKind.UPDATE and _only_unknown(step):
            cascade.add(state.label)
            continue
        found[step.urn] = _change(kind, step, state, components)
    # A log that was cut off may have only the first half of a replacement: what comes after is like what was before.
    new |= {
        urn: old[urn] for urn, change in found.items() if change.kind is ChangeKind.REPLACE and urn not in new
    }
    changes = with_followers(_told_as_moved(found, old, new), old, new)
    ordered = tuple(sorted(changes, key=in_order))
    unknown = sorted({step.operation for step in taken} - KINDS.keys() - _SILENT)
    return StackChange(
        stack=stack,
        changes=ordered,
        same=same,
        cascade=tuple(sorted(cascade)),
        access=access_changes(access_grants(old.values()), access_grants(new.values())),
        findings=tuple(sorted(set(findings))),
        components=picture(new.values(), ordered),
        critical_path=critical_path(ordered, new),
        unprotected=unprotected(old, new),
        notice=f"steps of a kind that this version does not know: {', '.join(unknown)}" if unknown else "",
    )


def _only_unknown(step: Step) -> bool:
    """Whether an update is shown only because something that it uses is not known before deployment.

    Without a detailed difference its provider was not configured: it has unknown settings itself.
    """
    after = _inputs(step.new)
    return all(is_unknown(walk(after, path)) for path in step.difference)


def _change(
    kind: ChangeKind, step: Step, state: InventoryResource, components: Mapping[str, str]
) -> ResourceChange:
    difference = step.difference if kind in (ChangeKind.UPDATE, ChangeKind.REPLACE) else {}
    protected = kind in (ChangeKind.DELETE, ChangeKind.REPLACE) and _options(step.old).protect
    if kind is ChangeKind.REPLACE:  # what the program protects no longer may be replaced in the same step
        protected = protected and _options(step.new).protect
    return ResourceChange(
        kind=kind,
        urn=step.urn,
        type=state.type,
        name=state.name,
        component=components.get(step.urn, ""),
        properties=property_changes(
            sorted(difference),
            _inputs(step.old),
            _inputs(step.new),
            [path for path, how in difference.items() if path in step.forced or _forces(how)],
        ),
        deletes_first=step.operation == "delete-replaced",
        retained=kind is ChangeKind.DELETE and _options(step.old).retain_on_delete,
        refusal="is protected, so the engine will not delete it" if protected else "",
    )


def _inputs(state: InventoryResource | None) -> JsonObject:
    return state.inputs if state is not None else {}


def _options(state: InventoryResource | None) -> Options:
    return state.options if state is not None else Options()


def _forces(how: Json) -> bool:
    """Whether a property forces the replacement: `kind` in a preview's JSON, `diffKind` in an event."""
    return (text_at(how, "kind") or text_at(how, "diffKind")).endswith("-replace")


def _told_as_moved(
    found: Mapping[str, ResourceChange],
    old: Mapping[str, InventoryResource],
    new: Mapping[str, InventoryResource],
) -> Iterator[ResourceChange]:
    """A deletion and a creation of one type with the same inputs are one resource under two URNs: a preview cannot know
    the new id."""
    gone = {
        _fingerprint(old[urn]): urn
        for urn, change in sorted(found.items())
        if change.kind is ChangeKind.DELETE and old[urn].inputs
    }
    moved: set[str] = set()
    for urn, change in found.items():
        before = gone.get(_fingerprint(new[urn])) if change.kind is ChangeKind.CREATE else None
        if before is not None and before not in moved:
            moved |= {before, urn}
            yield ResourceChange(
                ChangeKind.MOVED, urn, change.type, change.name, change.component, old_urn=before
            )
    yield from (change for urn, change in found.items() if urn not in moved)


def _fingerprint(item: InventoryResource) -> str:
    return item.type + json.dumps(item.inputs, sort_keys=True)
