"""The engine's event log of a preview: its steps, each with the last states that the engine tells, and its messages.

The events are those of pulumi sdk/go/common/apitype/events.go (read 2026-11-30). A step is told twice: before it is
taken (`resourcePreEvent`), when the new state of what stays has neither id nor outputs, and after it
(`resOutputsEvent`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rehearsal.changes.engine_steps import Step, read_step
from rehearsal.changes.model import FindingChange, FindingState
from rehearsal.changes.values import one_line
from rehearsal.model.errors import RehearsalError
from rehearsal.model.json_reader import JsonReader, WrongJsonError, parse_json
from rehearsal.model.json_values import object_at, text_at
from rehearsal.model.urns import is_urn, logical_name, qualified_type, short_type
from rehearsal.model.values import JsonObject

_EVENTS = frozenset(
    f"{name}Event"
    for name in (
        "cancel",
        "diagnostic",
        "error",
        "policy",
        "policyAnalyzeStackSummary",
        "policyAnalyzeSummary",
        "policyLoad",
        "policyRemediateSummary",
        "policyRemediation",
        "prelude",
        "progress",
        "resOpFailed",
        "resOutputs",
        "resourcePre",
        "startDebugging",
        "stdout",
        "summary",
    )
)

_FAILED = "the preview did not come to its end: what it did not reach is not told here"


@dataclass(frozen=True)
class EngineLog:
    """What a log holds. `notices` are what a reader must know of the log as a whole."""

    steps: tuple[Step, ...]
    findings: tuple[FindingChange, ...]
    notices: tuple[str, ...]


def read_event_log(path: Path) -> EngineLog:
    """Reads one JSON object a line. Raises `RehearsalError` for another kind of file, and for a file that holds more
    than one log."""
    events = list(_events(path))
    if not events:
        raise RehearsalError(f"{path}: is empty; write the log with pulumi preview --event-log")
    ordered = sorted(events, key=lambda item: item[1].whole_number("sequence"))
    notices = (
        [] if ordered == events else ["the log's events were out of order: they are read by their numbers"]
    )
    steps: dict[tuple[str, str], Step] = {}
    findings: list[FindingChange] = []
    for number, event in ordered:
        with told_at(f"{path}:{number}"):
            _take_step(event, steps)
            findings += _said(event)
    values = [event.values for _, event in ordered]
    findings += _ending(values, failed=_has_failed(findings))
    notices += [*_notices(values), *([_FAILED] if _has_failed(findings) else [])]
    return EngineLog(tuple(steps.values()), tuple(findings), tuple(notices))


@contextlib.contextmanager
def told_at(place: str) -> Iterator[None]:
    """Names the place of what is wrong with a document."""
    try:
        yield
    except WrongJsonError as error:
        raise RehearsalError(f"{place}: {error}") from error


def read_text(path: Path) -> str:
    """A file that the engine wrote. Raises `RehearsalError` where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RehearsalError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RehearsalError(f"{path}: is no UTF-8 text") from error


def failure(diagnostic: JsonObject) -> FindingChange:
    """The preview itself failed."""
    message = one_line(text_at(diagnostic, "message")).removeprefix("error: ")
    return FindingChange(
        FindingState.FOUND, "refused", "the preview failed", _subject(text_at(diagnostic, "urn")), message
    )


def _events(path: Path) -> Iterator[tuple[int, JsonReader]]:
    """Each event, with its line. A number that comes twice is of another log."""
    seen: set[int] = set()
    for line, text in enumerate(read_text(path).split("\n"), 1):
        if not text.strip():
            continue
        with told_at(f"{path}:{line}"):
            event = _event(text)
            sequence = event.whole_number("sequence")
            if sequence in seen:
                raise WrongJsonError(f"is a second event {sequence}: the file holds more than one log")
            seen.add(sequence)
        yield line, event


def _event(text: str) -> JsonReader:
    try:
        event = parse_json(text)
    except WrongJsonError as error:
        raise WrongJsonError(f"is no event: {error}") from error
    if not isinstance(event, dict) or "sequence" not in event:
        raise WrongJsonError("is no event; write the log with pulumi preview --event-log")
    return JsonReader(event)


def _take_step(event: JsonReader, steps: dict[tuple[str, str], Step]) -> None:
    """What is told after a step takes the place of what was told before it."""
    for kind in ("resourcePreEvent", "resOutputsEvent"):
        if kind in event.values:
            metadata = event.reader(kind).reader("metadata")
            step = read_step(JsonReader(metadata.values), ("old", "new", "keys"))
            steps[step.urn, step.operation] = step


def _said(event: JsonReader) -> Iterator[FindingChange]:
    if "policyEvent" in event.values:
        yield _policy_finding(event.mapping("policyEvent"))
    if text_at(event.values, "diagnosticEvent.severity") == "error":
        yield failure(event.mapping("diagnosticEvent"))
    if "resOpFailedEvent" in event.values:
        metadata = event.reader("resOpFailedEvent").mapping("metadata")
        message = f"its step {text_at(metadata, 'op')} failed"
        yield failure({"urn": text_at(metadata, "urn"), "message": message})
    if "errorEvent" in event.values:
        yield failure({"message": text_at(event.values, "errorEvent.error")})


def _policy_finding(event: JsonObject) -> FindingChange:
    return FindingChange(
        FindingState.FOUND,
        text_at(event, "enforcementLevel"),
        text_at(event, "policyName"),
        _subject(text_at(event, "resourceUrn")),
        one_line(text_at(event, "message")),
    )


def _subject(urn: str) -> str:
    if not is_urn(urn):
        return "the stack"
    return f"{short_type(qualified_type(urn).rpartition('$')[2])} {logical_name(urn)}"


def _has_failed(findings: Sequence[FindingChange]) -> bool:
    return any(finding.level == "refused" for finding in findings)


def _ending(events: Sequence[JsonObject], *, failed: bool) -> Iterator[FindingChange]:
    """A log that does not end well is no good news, whatever its steps say."""
    results = [text_at(event, "summaryEvent.result") for event in events if "summaryEvent" in event]
    if not results:
        yield failure({"message": "the log ends before its summary: the preview was cut off"})
    elif not failed and results[-1] not in ("", "succeeded"):  # an engine before 3.26x leaves the result out
        yield failure({"message": f"the engine's summary says: {results[-1]}"})


def _notices(events: Sequence[JsonObject]) -> Iterator[str]:
    kinds = {key for event in events for key in event} - {"sequence", "timestamp"}
    if unknown := sorted(kinds - _EVENTS):
        yield f"events of a kind that this version does not know: {', '.join(unknown)}"
    if any(object_at(event, "summaryEvent").get("isPreview") is False for event in events):
        yield "the log is of an update, not of a preview: what it tells has happened"
