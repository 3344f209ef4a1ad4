"""What each kind of change is told in: sentences, names set by a `Style`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from rehearsal.access import plural
from rehearsal.changes.folding import folded
from rehearsal.changes.model import (
    AccessChange,
    CriticalPath,
    FindingChange,
    FindingState,
    PropertyChange,
    ResourceChange,
    StackChange,
)
from rehearsal.changes.values import apart
from rehearsal.model.change_kind import ChangeKind
from rehearsal.model.costs import money
from rehearsal.model.urns import logical_name, short_type

_TRACEBACK = 40
"""Lines of a program's own text that are told."""

_NAMED = 5
"""So many names are in a line; of more their types are counted."""


class Style(Protocol):
    """How a format sets what comes from a program: so that no name can be taken for markup."""

    def code(self, value: str) -> str:
        """A name, path or value."""
        ...

    def strong(self, value: str) -> str:
        """A word of ours that must be seen."""
        ...


class Bare:
    """For details, whose format sets each of them whole."""

    def code(self, value: str) -> str:
        """The text itself."""
        return value

    def strong(self, value: str) -> str:
        """The text itself."""
        return value


@dataclass(frozen=True)
class Line:
    """A sentence, and the names behind a number in it, which no style has set."""

    text: str
    details: tuple[str, ...] = ()


def label(change: ResourceChange) -> str:
    """How a reader calls the resource."""
    return f"{short_type(change.type)} {change.name}"


def problem(change: StackChange, style: Style) -> Iterator[Line]:
    """Why there is no comparison, line by line: refused settings are one line each, a traceback's end is its last."""
    lines = [line for line in change.problem.splitlines() if line.strip()]
    kept = lines if len(lines) <= _TRACEBACK else [lines[0], "…", *lines[-_TRACEBACK:]]
    yield from (Line(style.code(line)) for line in kept)


def notice(change: StackChange, style: Style) -> Iterator[Line]:
    """What holds for the comparison as a whole."""
    if change.notice:
        yield Line(style.code(change.notice))


def refusals(change: StackChange, style: Style) -> Iterator[Line]:
    """Each reason once, with all that it holds for."""
    reasons: dict[str, list[str]] = {}
    for item in change.changes:
        if item.refusal:
            reasons.setdefault(style.code(item.refusal), []).append(label(item))
    for finding in change.findings:
        if finding.level == "refused" and finding.state is not FindingState.FIXED:
            state = " (already so before this change)" if finding.state is FindingState.UNCHANGED else ""
            told = f"{finding.rule}: {style.code(finding.message)}{state}"
            reasons.setdefault(told, []).append(finding.subject)
    for reason, labels in reasons.items():
        subject, details = subjects(labels, style)
        yield Line(f"{subject}: {reason}", details)


def unprotected(change: StackChange, style: Style) -> Iterator[Line]:
    """What the engine protects no longer."""
    if change.unprotected:
        told, details = subjects(change.unprotected, style)
        yield Line(f"{told}: the engine no longer refuses to delete or replace", details)


def access(change: StackChange, style: Style) -> Iterator[Line]:
    """Who gains or loses what, where."""
    for who, verb, what, where, why in access_rows(change.access):
        yield Line(
            f"{style.code(who)} {style.strong(verb)} {style.code(what)} on {style.code(where)}"
            + (f" ({style.code(why)})" if why else "")
        )


def access_rows(access: Iterable[AccessChange]) -> tuple[tuple[str, str, str, str, str], ...]:
    """Who, gains or loses, which roles together, where, and why or under which limit."""
    rows: dict[tuple[str, str, str, str], list[str]] = {}
    for item in access:
        who = f"{item.principal_type} {item.principal}".strip()
        limit = "under a condition" if item.condition else ""
        why = "; ".join(filter(None, (item.description, limit)))
        rows.setdefault((who, "gains" if item.gains else "loses", item.scope, why), []).append(item.role)
    return tuple(
        (who, verb, ", ".join(sorted(set(roles))), where, why)
        for (who, verb, where, why), roles in rows.items()
    )


def promises(change: StackChange, style: Style) -> Iterator[Line]:
    """What somebody could do and can no longer, and the other way round."""
    for item in change.promises:
        why = f" ({style.code(item.missing)})" if item.missing else ""
        yield Line(f"{style.strong(item.state)} {style.code(item.name)}: {style.code(item.question)}{why}")


def roads(change: StackChange, style: Style) -> Iterator[Line]:
    """What may be reached from now on, though nobody is promised it; by place."""
    by_source: dict[str, list[str]] = {}
    for item in change.roads:
        by_source.setdefault(item.source, []).append(item.target)
    for source, targets in by_source.items():
        told, details = subjects(targets, style, "doors ")
        yield Line(f"{style.code(source)} reaches {told}, which nobody is promised", details)


def moved(change: StackChange, style: Style) -> Iterator[Line]:
    """What needs an alias; many together."""
    moved = change.of(ChangeKind.MOVED)
    if len(moved) > _NAMED:
        yield Line(
            f"{len(moved)} are the same resources under other URNs: without aliases the engine would delete and create "
            "them; give their component (whose children inherit it) or each of them the alias of where it was",
            tuple(f"{label(item)}: {item.old_urn}" for item in moved),
        )
        return
    for item in moved:
        also = (
            f"; also changes {'; '.join(property_text(one, style) for one in item.properties)}"
            if item.properties
            else ""
        )
        yield Line(
            f"{style.code(label(item))} is the same resource under another URN: without an alias the engine would "
            f"delete and create it; it was {style.code(logical_name(item.old_urn))}, so add the alias "
            f"{style.code(item.old_urn)}{also}"
        )


def updates(change: StackChange, style: Style) -> Iterator[Line]:
    """What several share first, then each resource's own."""
    shared, own = folded(change.of(ChangeKind.UPDATE))
    for fold in (*shared, *own):
        what = "; ".join(property_text(one, style) for one in fold.properties) or "changes"
        labels = [label(item) for item in fold.resources]
        if len(labels) == 1:
            yield Line(f"{style.code(labels[0])}: {what}")
        else:
            yield Line(f"{what} on {len(labels)} resources", tuple(labels))


def come(change: StackChange, kind: ChangeKind, style: Style) -> Iterator[Line]:
    """By component."""
    by_component: dict[str, list[str]] = {}
    for item in change.of(kind):
        by_component.setdefault(item.component, []).append(label(item))
    for component, labels in sorted(by_component.items()):
        told, details = subjects(labels, style)
        yield Line(f"{told} in {style.code(component)}" if component else told, details)


def cascade(change: StackChange, style: Style) -> Iterator[Line]:
    """All in one line."""
    if change.cascade:
        told, details = subjects(change.cascade, style)
        yield Line(
            f"{told}: change only because a value that they use is not known before deployment", details
        )


def policies(change: StackChange, style: Style) -> Iterator[Line]:
    """New ones and fixed ones by rule."""
    by_state: dict[FindingState, list[FindingChange]] = {}
    for item in change.findings:
        if item.level != "refused":
            by_state.setdefault(item.state, []).append(item)
    for state in (FindingState.NEW, FindingState.FOUND, FindingState.FIXED):
        by_rule: dict[tuple[str, str, str], list[str]] = {}
        for item in by_state.get(state, ()):
            by_rule.setdefault((item.level, item.rule, item.message), []).append(item.subject)
        for (level, rule, message), labels in sorted(
            by_rule.items(), key=lambda row: row[0][0] != "mandatory"
        ):
            told, details = subjects(labels, style)
            yield Line(
                f"{style.strong(state.value)} {style.code(rule)} ({level}) on {told}: {style.code(message)}",
                details,
            )
    if change.unjudged:
        yield Line(
            f"{change.unjudged} could not be judged: they read values that are not known before deployment"
        )


def as_before(change: StackChange, _style: Style) -> Iterator[Line]:
    """All in one line: costs and findings that this change leaves alone. Resources are counted in the verdict."""
    told: list[str] = []
    if change.costs and change.costs.before is not None and not change.costs.parts:
        told.append(f"the costs, {money(change.costs.after, change.costs.currency)} a month")
    findings = [
        item for item in change.findings if item.state is FindingState.UNCHANGED and item.level != "refused"
    ]
    if findings:
        told.append(plural(len(findings), "finding"))
    if told:
        names = tuple(f"{item.rule} ({item.level}) on {item.subject}" for item in findings)
        yield Line(", ".join(told), names)


def time(change: StackChange, style: Style) -> Iterator[Line]:
    """How long it takes, and on what."""
    found = change.critical_path
    if found.steps:
        way = ", then ".join(f"{style.code(name)} ({minutes:g} min)" for name, minutes in _longest(found))
        yield Line(f"{_minutes(found.minutes)} (estimated), mostly {way}")


def _minutes(minutes: float) -> str:
    return f"about {minutes:g} min" if minutes >= 1 else "under a minute"


def _longest(path: CriticalPath) -> list[tuple[str, float]]:
    """The steps that the way's length comes from, in their order."""
    kept = sorted(path.steps, key=lambda step: -step[1])[:_NAMED]
    return [step for step in path.steps if step in kept and step[1] > path.minutes / 20] or [path.steps[-1]]


def subjects(labels: Sequence[str], style: Style, noun: str = "") -> tuple[str, tuple[str, ...]]:
    """What a sentence is about: the names; of many their number by type, with the names as details. `noun`, with a
    space behind it, says what is counted."""
    if len(labels) <= _NAMED:
        return ", ".join(style.code(name) for name in labels), ()
    by_type = Counter(name.partition(" ")[0] for name in labels)
    counted = sorted(by_type.items(), key=lambda item: (-item[1], item[0]))
    shown = ", ".join(f"{count} {style.code(name)}" for name, count in counted[:_NAMED])
    more = sum(count for _, count in counted[_NAMED:])
    return f"{len(labels)} {noun}({shown}{f', {more} of other types' if more else ''})", tuple(labels)


def property_text(change: PropertyChange, style: Style) -> str:
    """`sku.name "Basic" → "Premium"`."""
    path = f"tag {style.code(change.tag)}" if change.tag and not change.replaces else style.code(change.path)
    if change.old is None:
        return f"{path} is set to {style.code(change.new)}" if change.new is not None else f"{path} changes"
    if change.new is None:
        return f"{path} {style.code(change.old)} is removed"
    old, new = apart(change.old, change.new)
    return f"{path} {style.code(old)} → {style.code(new)}"
