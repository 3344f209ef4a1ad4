"""The sentences of a report, in the one order that every format keeps; a `Style` says how a name is set.

A `Line` is what a reader needs first; its `details` are the names behind a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rehearsal.access import plural
from rehearsal.changes import sentences
from rehearsal.changes.cost_sentences import cost_verdict, costs
from rehearsal.changes.going import grave, losses
from rehearsal.changes.model import FindingChange, FindingState, PromiseState, StackChange
from rehearsal.changes.sentences import Line, Style
from rehearsal.model.change_kind import ChangeKind
from rehearsal.model.urns import short_type

PAST = {
    ChangeKind.DELETE: "deleted",
    ChangeKind.REPLACE: "replaced",
    ChangeKind.MOVED: "moved",
    ChangeKind.UPDATE: "updated",
    ChangeKind.IMPORT: "adopted",
    ChangeKind.CREATE: "created",
}


@dataclass(frozen=True)
class Section:
    """One part of a stack's report; the lines of `essential` ones are never cut."""

    title: str
    lines: tuple[Line, ...]
    essential: bool = False


def verdict(changes: Iterable[StackChange]) -> str:
    """One line for all stacks: whether it would work, and the counts."""
    return " | ".join(f"{change.stack}: {_verdict(change)}" for change in changes) or "no stack to compare"


def _verdict(change: StackChange) -> str:
    if change.problem:
        return "NOT COMPARED"
    counts = [f"{count} {PAST[kind]}" for kind, count in change.counts().items()]
    told = [", ".join([*(counts or ["no changes"]), f"{change.same} unchanged"])]
    if going := losses(change):
        told.append(going)
    if change.costs:
        told.append(cost_verdict(change.costs))
    if change.access:
        gained = sum(item.gains for item in change.access)
        sides = ((gained, "gained"), (len(change.access) - gained, "lost"))
        told.append(f"access: {', '.join(f'{count} {word}' for count, word in sides if count)}")
    failing = sum(item.state in (PromiseState.LOST, PromiseState.BROKEN) for item in change.promises)
    if failing:
        told.append(f"{plural(failing, 'promise')} not kept")
    if change.roads:
        told.append(f"{plural(len(change.roads), 'road')} opened that nobody is promised")
    if change.unprotected:
        told.append(f"{len(change.unprotected)} no longer protected")
    mandatory = sum(item.level == "mandatory" for item in standing(change.findings))
    if mandatory:
        told.append(plural(mandatory, "mandatory policy violation"))
    refused = f"would be REFUSED ({len(change.refused)}): " if change.refused else ""
    return refused + "; ".join(told)


def standing(findings: Iterable[FindingChange]) -> tuple[FindingChange, ...]:
    """Policy findings that hold after the change."""
    return tuple(
        item
        for item in findings
        if item.state is not FindingState.FIXED and item.level not in ("refused", "warning")
    )


def sections(change: StackChange, style: Style) -> Iterator[Section]:
    """The parts of one stack's report, gravest first, without empty ones. Those of one title and their order are
    the same in every format."""
    if change.problem:
        yield Section("not compared", tuple(sentences.problem(change, style)), essential=True)
        return
    told: tuple[tuple[str, Callable[[StackChange, Style], Iterator[Line]], bool], ...] = (
        ("note", sentences.notice, True),
        ("refused", sentences.refusals, True),
        (PAST[ChangeKind.DELETE], lambda stack, how: grave(stack, ChangeKind.DELETE, how), True),
        (PAST[ChangeKind.REPLACE], lambda stack, how: grave(stack, ChangeKind.REPLACE, how), True),
        ("unprotected", sentences.unprotected, True),
        ("promises", sentences.promises, False),
        ("opened", sentences.roads, False),
        ("access", sentences.access, False),
        ("costs", costs, False),
        (PAST[ChangeKind.MOVED], sentences.moved, False),
        (PAST[ChangeKind.UPDATE], sentences.updates, False),
        (PAST[ChangeKind.IMPORT], lambda stack, how: sentences.come(stack, ChangeKind.IMPORT, how), False),
        (PAST[ChangeKind.CREATE], lambda stack, how: sentences.come(stack, ChangeKind.CREATE, how), False),
        ("follows", sentences.cascade, False),
        ("policies", sentences.policies, False),
        ("time", sentences.time, False),
        ("as before", sentences.as_before, False),
    )
    for title, tell, essential in told:
        if lines := tuple(tell(change, style)):
            yield Section(title, lines, essential)


def compact(change: StackChange, style: Style, names: int) -> Iterator[Section]:
    """The essential parts by type, for changes too many to tell one by one; at most `names` names a type."""
    for kind in (ChangeKind.DELETE, ChangeKind.REPLACE):
        by_type: dict[str, list[str]] = {}
        for item in change.of(kind):
            by_type.setdefault(short_type(item.type), []).append(item.name)
        lines = tuple(
            Line(f"{len(found)} {style.code(resource_type)}{_first(found, names, style)}")
            for resource_type, found in by_type.items()
        )
        if lines:
            yield Section(PAST[kind], lines, essential=True)


def _first(found: Sequence[str], names: int, style: Style) -> str:
    if not names:
        return ""
    shown = ", ".join(style.code(name) for name in found[:names])
    more = len(found) - names
    return f": {shown}{f' and {more} more' if more > 0 else ''}"
