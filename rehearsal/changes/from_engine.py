"""The change of a real preview: from `pulumi preview --json`, or from the engine's event log.

Both say the same of each resource (pulumi 3.260 pkg/display/json.go, sdk/go/common/apitype/events.go): the step, the
state before and after, and a detailed difference. Only the event log carries policy findings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rehearsal.access import Described, access_grants, mapping, short_type
from rehearsal.changes.consequences import access_changes, counts, with_followers
from rehearsal.changes.critical_path import critical_path
from rehearsal.changes.documents import label, text
from rehearsal.changes.model import (
    FindingChange,
    FindingState,
    Kind,
    PropertyChange,
    ResourceChange,
    StackChange,
    in_order,
)
from rehearsal.changes.picture import component_names, picture
from rehearsal.changes.values import is_unknown, readable, shown_at
from rehearsal.errors import RehearsalError
from rehearsal.monitor.registration import walk
from rehearsal.monitor.urns import logical_name, qualified_type

_KINDS = {
    "create": Kind.CREATE,
    "import": Kind.CREATE,
    "update": Kind.UPDATE,
    "delete": Kind.DELETE,
    "replace": Kind.REPLACE,
    "create-replacement": Kind.REPLACE,
    "delete-replaced": Kind.REPLACE,
    "import-replacement": Kind.REPLACE,
}
"""The engine's steps. What is not here changes nothing in a cloud: same, read, refresh, discard."""


@dataclass(frozen=True)
class _Step:
    operation: str
    urn: str
    old: Described | None
    new: Described | None
    difference: Mapping[str, object]


def from_preview_json(path: Path, stack: str) -> StackChange:
    """The change of `pulumi preview --json > FILE`. Raises `RehearsalError` for another kind of file."""
    try:
        document = json.loads(_read(path))
    except json.JSONDecodeError as error:
        raise RehearsalError(f"{path}: is no JSON ({error}); write it with pulumi preview --json") from error
    steps = document.get("steps") if isinstance(document, dict) else None
    if not isinstance(steps, list):
        raise RehearsalError(f"{path}: has no steps; write it with pulumi preview --json")
    found = [_step(item, "oldState", "newState") for item in steps if isinstance(item, dict)]
    return _stack_change(stack, found, ())


def from_event_log(path: Path, stack: str) -> StackChange:
    """The change of an event log: one JSON object a line. Raises `RehearsalError` for another kind of file."""
    steps: list[_Step] = []
    findings: list[FindingChange] = []
    events = 0
    for number, line in enumerate(_read(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            event = json.loads(line)
        except json.JSONDecodeError as error:
            raise RehearsalError(f"{path}:{number}: is no event ({error})") from error
        if not isinstance(event, dict) or "sequence" not in event:
            raise RehearsalError(
                f"{path}:{number}: is no event; write the log with pulumi preview --event-log"
            )
        events += 1
        if isinstance(event.get("resourcePreEvent"), dict):
            steps.append(_step(mapping(event["resourcePreEvent"], "metadata"), "old", "new"))
        if isinstance(event.get("policyEvent"), dict):
            findings.append(_finding(event["policyEvent"]))
    if not events:
        raise RehearsalError(f"{path}: is empty; write the log with pulumi preview --event-log")
    return _stack_change(stack, steps, tuple(sorted(set(findings))))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise RehearsalError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RehearsalError(f"{path}: is no UTF-8 text") from error


def _step(item: Mapping[str, object], old: str, new: str) -> _Step:
    urn = text(item, "urn")
    return _Step(
        operation=text(item, "op"),
        urn=urn,
        old=_described(mapping(item, old), urn),
        new=_described(mapping(item, new), urn),
        difference=mapping(item, "detailedDiff"),
    )


def _described(state: Mapping[str, object], urn: str) -> Described | None:
    """An engine's state in the form of an inventory's resource."""
    if not state:
        return None
    told = {key: readable(value) for key, value in state.items()}
    return {"id": "", "custom": False, "parent": "", **told, "urn": urn, "name": logical_name(urn)}


def _finding(event: Mapping[str, object]) -> FindingChange:
    urn = text(event, "resourceUrn")
    return FindingChange(
        FindingState.FOUND,
        text(event, "enforcementLevel"),
        text(event, "policyName"),
        f"{short_type(qualified_type(urn).rpartition('$')[2])} {logical_name(urn)}" if urn else "the stack",
        text(event, "message").strip(),
    )


def _stack_change(stack: str, steps: Iterable[_Step], findings: tuple[FindingChange, ...]) -> StackChange:
    listed = list(steps)
    old = {step.urn: step.old for step in listed if step.old}
    new = {step.urn: step.new for step in listed if step.new}
    components = {**component_names(old.values()), **component_names(new.values())}
    found: dict[str, ResourceChange] = {}
    cascade: set[str] = set()
    same = 0
    for step in listed:
        state = step.new or step.old
        if state is None or not counts(state):
            continue
        same += step.operation == "same"
        kind = _KINDS.get(step.operation)
        if kind is None or (step.urn in found and found[step.urn].kind is Kind.REPLACE):
            continue
        if kind is Kind.UPDATE and _only_unknown(step):
            cascade.add(label(state))
            continue
        found[step.urn] = _change(kind, step, state, components)
    changes = with_followers(_told_as_moved(found, old, new), old, new)
    ordered = tuple(sorted(changes, key=in_order))
    return StackChange(
        stack=stack,
        changes=ordered,
        same=same,
        cascade=tuple(sorted(cascade)),
        access=access_changes(access_grants(old.values()), access_grants(new.values())),
        findings=findings,
        components=picture(new.values(), ordered),
        critical_path=critical_path(ordered, new),
    )


def _only_unknown(step: _Step) -> bool:
    """Whether an update is shown only because something that it uses is not known before deployment.

    Without a detailed difference its provider was not configured: it has unknown settings itself.
    """
    after = mapping(step.new or {}, "inputs")
    return all(is_unknown(walk(after, path)) for path in step.difference)


def _change(kind: Kind, step: _Step, state: Described, components: Mapping[str, str]) -> ResourceChange:
    difference = step.difference if kind in (Kind.UPDATE, Kind.REPLACE) else {}
    protected = kind in (Kind.DELETE, Kind.REPLACE) and (step.old or {}).get("protect") is True
    if kind is Kind.REPLACE:  # what the program protects no longer may be replaced in the same step
        protected = protected and (step.new or {}).get("protect") is True
    return ResourceChange(
        kind=kind,
        urn=step.urn,
        type=text(state, "type"),
        name=text(state, "name"),
        component=components.get(step.urn, ""),
        properties=tuple(
            PropertyChange(
                path,
                shown_at(mapping(step.old or {}, "inputs"), path),
                shown_at(mapping(step.new or {}, "inputs"), path),
                isinstance(how, Mapping) and _kind_of(how).endswith("-replace"),
            )
            for path, how in sorted(difference.items())
        ),
        refusal="is protected, so the engine will not delete it" if protected else "",
    )


def _kind_of(how: Mapping[str, object]) -> str:
    """`kind` in a preview's JSON, `diffKind` in an event."""
    return text(how, "kind") or text(how, "diffKind")


def _told_as_moved(
    found: Mapping[str, ResourceChange], old: Mapping[str, Described], new: Mapping[str, Described]
) -> Iterator[ResourceChange]:
    """A deletion and a creation of one type with the same inputs are one resource under two URNs: a preview cannot know
    the new id."""
    gone = {
        _fingerprint(old[urn]): urn
        for urn, change in sorted(found.items())
        if change.kind is Kind.DELETE and mapping(old[urn], "inputs")
    }
    moved: set[str] = set()
    for urn, change in found.items():
        before = gone.get(_fingerprint(new[urn])) if change.kind is Kind.CREATE else None
        if before is not None and before not in moved:
            moved |= {before, urn}
            yield ResourceChange(Kind.MOVED, urn, change.type, change.name, change.component, old_urn=before)
    yield from (change for urn, change in found.items() if urn not in moved)


def _fingerprint(item: Described) -> str:
    return text(item, "type") + json.dumps(mapping(item, "inputs"), sort_keys=True, default=str)
