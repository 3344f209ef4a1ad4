"""The sentences of a report, in the one order that every format keeps; a `Style` says how a name is set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from rehearsal.access import short_type
from rehearsal.changes.model import (
    AccessChange,
    FindingChange,
    FindingState,
    Kind,
    PropertyChange,
    ResourceChange,
    StackChange,
)
from rehearsal.monitor.urns import logical_name

PAST = {
    Kind.DELETE: "deleted",
    Kind.REPLACE: "replaced",
    Kind.MOVED: "moved",
    Kind.UPDATE: "updated",
    Kind.CREATE: "created",
}
_FOLLOWERS_NAMED = 5


class Style(Protocol):
    """How a format sets what comes from a program: so that no name can be taken for markup."""

    def code(self, value: str) -> str:
        """A name, path or value."""
        ...

    def strong(self, value: str) -> str:
        """A word of ours that must be seen."""
        ...


@dataclass(frozen=True)
class Section:
    """One part of a report. `essential` ones are never cut."""

    title: str
    lines: tuple[str, ...]
    essential: bool = False


def verdict(changes: Iterable[StackChange]) -> str:
    """One line for all stacks: whether it would work, and the counts."""
    return " | ".join(f"{change.stack}: {_verdict(change)}" for change in changes)


def _verdict(change: StackChange) -> str:
    if change.problem:
        return "not compared"
    counts = ", ".join(f"{count} {PAST[kind]}" for kind, count in change.counts().items()) or "no changes"
    told = [counts, f"{change.same} unchanged"]
    if change.refused:
        told.append(f"{len(change.refused)} would be REFUSED")
    mandatory = [item for item in standing(change.findings) if item.level == "mandatory"]
    if mandatory:
        told.append(f"{len(mandatory)} mandatory policy violations")
    gains = sum(item.gains for item in change.access)
    if change.access:
        told.append(f"access: {gains} gained, {len(change.access) - gains} lost")
    return ", ".join(told)


def standing(findings: Iterable[FindingChange]) -> tuple[FindingChange, ...]:
    """Policy findings that hold after the change."""
    return tuple(
        item for item in findings if item.state is not FindingState.FIXED and item.level != "refused"
    )


def sections(change: StackChange, style: Style) -> Iterator[Section]:
    """The parts of one stack's report, gravest first; empty ones are left out."""
    if change.problem:
        yield Section("Not compared", (style.code(change.problem),), essential=True)
        return
    for section in (
        Section("Would be refused", tuple(_refusals(change, style)), essential=True),
        Section("Deleted and replaced", tuple(grave_lines(change, style)), essential=True),
        Section("Access", tuple(_access(item, style) for item in change.access)),
        Section("Moved", tuple(_moved(item, style) for item in change.of(Kind.MOVED))),
        Section("Updated", tuple(_updates(change, style))),
        Section("Created", tuple(_creates(change, style))),
        Section("Changed as a consequence", tuple(_cascade(change, style))),
        Section("Policies", tuple(_policies(change.findings, style))),
        Section("Time", tuple(_time(change, style))),
    ):
        if section.lines:
            yield section


def label(change: ResourceChange) -> str:
    """How a reader calls the resource."""
    return f"{short_type(change.type)} {change.name}"


def grave_lines(change: StackChange, style: Style) -> Iterator[str]:
    """One line for each deletion and replacement, with its cause and what goes with it."""
    for item in (*change.of(Kind.DELETE), *change.of(Kind.REPLACE)):
        line = f"{style.strong(PAST[item.kind])} {style.code(label(item))}"
        forced = [one for one in item.properties if one.replaces]
        if forced:
            line += f" because of {'; '.join(_property(one, style) for one in forced)}"
        if item.deletes_first:
            line += "; the old one goes first"
        if item.takes_along:
            named = ", ".join(style.code(name) for name in item.takes_along[:_FOLLOWERS_NAMED])
            more = len(item.takes_along) - _FOLLOWERS_NAMED
            line += f"; takes along {named}{f' and {more} more' if more > 0 else ''}"
        yield line


def compact_grave_lines(change: StackChange, style: Style, names: int) -> Iterator[str]:
    """The same by type, for changes too many to tell one by one; at most `names` names a type."""
    for kind in (Kind.DELETE, Kind.REPLACE):
        by_type: dict[str, list[str]] = {}
        for item in change.of(kind):
            by_type.setdefault(short_type(item.type), []).append(item.name)
        for resource_type, found in by_type.items():
            shown = ", ".join(style.code(name) for name in found[:names])
            more = f" and {len(found) - names} more" if len(found) > names else ""
            yield f"{style.strong(PAST[kind])} {len(found)} {style.code(resource_type)}: {shown}{more}"


def _refusals(change: StackChange, style: Style) -> Iterator[str]:
    for item in change.changes:
        if item.refusal:
            yield f"{style.code(label(item))} {style.code(item.refusal)}"
    for finding in change.findings:
        if finding.level == "refused" and finding.state is not FindingState.FIXED:
            state = "" if finding.state is FindingState.NEW else " (already so before this change)"
            yield f"{style.code(finding.subject)} {finding.rule}: {style.code(finding.message)}{state}"


def _access(item: AccessChange, style: Style) -> str:
    who = f"{item.principal_type} {item.principal}".strip()
    limit = ", under a condition" if item.condition else ""
    return (
        f"{style.code(who)} {style.strong('gains' if item.gains else 'loses')} {style.code(item.role)} "
        f"on {style.code(item.scope)}{limit}"
    )


def _moved(item: ResourceChange, style: Style) -> str:
    return (
        f"{style.code(label(item))} is the same Azure resource under another URN: without an alias the engine would "
        f"delete and create it; it was {style.code(logical_name(item.old_urn))}, so add the alias "
        f"{style.code(item.old_urn)}"
    )


def _updates(change: StackChange, style: Style) -> Iterator[str]:
    """Resources with one and the same change are told together: a tag changes on all of them."""
    alike: dict[tuple[PropertyChange, ...], list[str]] = {}
    for item in change.of(Kind.UPDATE):
        alike.setdefault(item.properties, []).append(label(item))
    for properties, labels in alike.items():
        what = "; ".join(_property(one, style) for one in properties) or "changes"
        subject = style.code(labels[0])
        if len(labels) > 1:
            subject = f"{len(labels)} resources ({', '.join(style.code(name) for name in labels)})"
            yield f"{what}: {subject}"
        else:
            yield f"{subject}: {what}"


def _creates(change: StackChange, style: Style) -> Iterator[str]:
    by_component: dict[str, list[str]] = {}
    for item in change.of(Kind.CREATE):
        by_component.setdefault(item.component, []).append(label(item))
    for component, labels in sorted(by_component.items()):
        place = f"in {style.code(component)}: " if component else ""
        yield place + ", ".join(style.code(name) for name in labels)


def _cascade(change: StackChange, style: Style) -> Iterator[str]:
    if change.cascade:
        named = ", ".join(style.code(name) for name in change.cascade)
        yield (
            f"{len(change.cascade)} more get a value that is not known before deployment, and change only for that: "
            f"{named}"
        )


def _policies(findings: tuple[FindingChange, ...], style: Style) -> Iterator[str]:
    told: Mapping[FindingState, list[FindingChange]] = {state: [] for state in FindingState}
    for item in findings:
        if item.level != "refused":
            told[item.state].append(item)
    for state in (FindingState.NEW, FindingState.FOUND, FindingState.FIXED):
        for item in told[state]:
            yield (
                f"{style.strong(state.value)}: {style.code(item.rule)} ({item.level}) on {style.code(item.subject)}: "
                f"{style.code(item.message)}"
            )
    if told[FindingState.UNCHANGED]:
        yield f"{len(told[FindingState.UNCHANGED])} as before"


def _time(change: StackChange, style: Style) -> Iterator[str]:
    found = change.critical_path
    if found.steps:
        way = ", then ".join(f"{style.code(name)} ({minutes:g} min)" for name, minutes in found.steps[-6:])
        yield f"About {found.minutes:g} min (estimated), along {way}"


def _property(change: PropertyChange, style: Style) -> str:
    path = style.code(change.path)
    if change.old is None:
        return f"{path} is set to {style.code(change.new or '')}"
    if change.new is None:
        return f"{path} {style.code(change.old)} is removed"
    return f"{path} {style.code(change.old)} → {style.code(change.new)}"
