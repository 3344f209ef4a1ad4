"""The change of a real preview: from `pulumi preview --json`, or from the engine's event log.

Both say the same of each resource (pulumi 3.260 pkg/display/json.go, sdk/go/common/apitype/events.go): the step, the
state before and after, and a detailed difference. Only the event log carries policy findings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rehearsal.access import Described, access_grants, mapping, short_type
from rehearsal.changes.consequences import access_changes, counts, unprotected, with_followers
from rehearsal.changes.critical_path import critical_path
from rehearsal.changes.documents import label, listed, text
from rehearsal.changes.engine_steps import KINDS, Step, is_urn, read_step
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
from rehearsal.changes.values import is_unknown, one_line
from rehearsal.model.errors import RehearsalError
from rehearsal.model.paths import walk
from rehearsal.model.urns import logical_name, qualified_type

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
        document = json.loads(_read(path))
    except (ValueError, RecursionError) as error:
        raise RehearsalError(f"{path}: is no JSON ({error}); write it with pulumi preview --json") from error
    steps = document.get("steps") if isinstance(document, dict) else None
    if not isinstance(steps, list):
        raise RehearsalError(f"{path}: has no steps; write it with pulumi preview --json")
    found = [
        read_step(item, ("oldState", "newState", "replaceReasons"), f"{path}: step {number}")
        for number, item in enumerate(steps, 1)
    ]
    failures = (
        _failure(item) for item in listed(document, "diagnostics") if text(item, "severity") == "error"
    )
    return _stack_change(stack, found, failures)


def from_event_log(path: Path, stack: str) -> StackChange:
    """The change of an event log: one JSON object a line. Raises `RehearsalError` for another kind of file."""
    steps: list[Step] = []
    findings: list[FindingChange] = []
    events, ended = 0, False
    for number, line in enumerate(_read(path).split("\n"), 1):
        if not line.strip():
            continue
        event = _event(line, f"{path}:{number}")
        events += 1
        if "resourcePreEvent" in event:
            metadata = mapping(mapping(event, "resourcePreEvent"), "metadata")
            steps.append(read_step(metadata, ("old", "new", "keys"), f"{path}:{number}"))
        if "policyEvent" in event:
            findings.append(_finding(mapping(event, "policyEvent")))
        if text(mapping(event, "diagnosticEvent"), "severity") == "error":
            findings.append(_failure(mapping(event, "diagnosticEvent")))
        ended = ended or "summaryEvent" in event
    if not events:
        raise RehearsalError(f"{path}: is empty; write the log with pulumi preview --event-log")
    if not ended:
        findings.append(_failure({"message": _CUT_OFF}))
    return _stack_change(stack, steps, findings)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RehearsalError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RehearsalError(f"{path}: is no UTF-8 text") from error


def _event(line: str, place: str) -> Mapping[str, object]:
    try:
        event = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RehearsalError(f"{place}: is no event ({error})") from error
    if not isinstance(event, dict) or "sequence" not in event:
        raise RehearsalError(f"{place}: is no event; write the log with pulumi preview --event-log")
    return event


def _failure(diagnostic: Mapping[str, object]) -> FindingChange:
    """The preview itself failed: what it shows is not all."""
    message = one_line(text(diagnostic, "message")).removeprefix("error: ")
    return FindingChange(
        FindingState.FOUND, "refused", "the preview failed", _subject(text(diagnostic, "urn")), message
    )


def _subject(urn: str) -> str:
    if not is_urn(urn):
        return "the stack"
    return f"{short_type(qualified_type(urn).rpartition('$')[2])} {logical_name(urn)}"


def _finding(event: Mapping[str, object]) -> FindingChange:
    return FindingChange(
        FindingState.FOUND,
        text(event, "enforcementLevel"),
        text(event, "policyName"),
        _subject(text(event, "resourceUrn")),
        one_line(text(event, "message")),
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
        if state is None or not counts(state):
            continue
        same += step.operation == "same"
        kind = KINDS.get(step.operation)
        if kind is None or (step.urn in found and found[step.urn].kind is Kind.REPLACE):
            continue
        if kind is Kind.UPDATE and _only_unknown(step):
            cascade.add(label(state))
            continue
        found[step.urn] = _change(kind, step, state, components)
    # A log that was cut off may have only the first half of a replacement: what comes after is like what was before.
    new |= {urn: old[urn] for urn, change in found.items() if change.kind is Kind.REPLACE and urn not in new}
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
    after = mapping(step.new or {}, "inputs")
    return all(is_unknown(walk(after, path)) for path in step.difference)


def _change(kind: Kind, step: Step, state: Described, components: Mapping[str, str]) -> ResourceChange:
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
        properties=property_changes(
            sorted(difference),
            mapping(step.old or {}, "inputs"),
            mapping(step.new or {}, "inputs"),
            [path for path, how in difference.items() if path in step.forced or _forces(how)],
        ),
        deletes_first=step.operation == "delete-replaced",
        retained=kind is Kind.DELETE and (step.old or {}).get("retainOnDelete") is True,
        refusal="is protected, so the engine will not delete it" if protected else "",
    )


def _forces(how: object) -> bool:
    """Whether a property forces the replacement: `kind` in a preview's JSON, `diffKind` in an event."""
    return isinstance(how, Mapping) and (text(how, "kind") or text(how, "diffKind")).endswith("-replace")


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
