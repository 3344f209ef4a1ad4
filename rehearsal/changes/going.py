"""Sentences about what is deleted or replaced: what holds data or serves comes first, counted and by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rehearsal.changes.model import ResourceChange, StackChange
from rehearsal.changes.sentences import Bare, Line, Style, label, property_text, subjects
from rehearsal.changes.weight import Weight, heaviest_first, weight
from rehearsal.model.change_kind import ChangeKind

_NAMED = 6
"""So many names of one weight are told in a line."""
_TOLD = 4
"""So many further properties of a replaced resource are told in its line; of more, all are among the details."""

_WORDS = {Weight.HOLDS_DATA: ("holds data", "hold data"), Weight.SERVES: ("serves", "serve")}


def grave(change: StackChange, kind: ChangeKind, style: Style) -> Iterator[Line]:
    """One line for each deletion or replacement, with its cause; what goes with another is told there."""
    for item in sorted(change.of(kind), key=lambda one: weight(label(one))):
        if not item.host:
            yield _going(item, style)


def _going(item: ResourceChange, style: Style) -> Line:
    line = style.code(label(item))
    if (heavy := weight(label(item))) in _WORDS:
        line += f" ({_WORDS[heavy][0]})"
    details: list[str] = []
    forced = [property_text(one, style) for one in item.properties if one.replaces]
    others = [one for one in item.properties if not one.replaces]
    if forced:
        line += f" because of {'; '.join(forced)}"
    if others:
        shown = others if len(others) <= _TOLD + 1 else others[:_TOLD]
        more = len(others) - len(shown)
        told = "; ".join(property_text(one, style) for one in shown)
        line += f"; also changes {told}{f' and {more} more' if more else ''}"
        details += [property_text(one, Bare()) for one in others[len(shown) :]]
    if item.deletes_first:
        line += "; the old one goes first"
    if item.retained:
        line += " leaves the stack and stays in the cloud (retain on delete)"
    if item.takes_along:
        line += f"; {style.strong('takes along')} {_along(item.takes_along, style)}"
        if len(item.takes_along) > _NAMED:
            details += heaviest_first(item.takes_along)
    return Line(line, tuple(details))


def _along(labels: Sequence[str], style: Style) -> str:
    """`2 that hold data (…), 1 that serves (…), 35 others (…)`; few without weight by their names alone."""
    by_weight = {one: [name for name in heaviest_first(labels) if weight(name) is one] for one in Weight}
    told: list[str] = []
    for heavy, (singular, plural) in _WORDS.items():
        if names := by_weight[heavy]:
            shown = ", ".join(style.code(name) for name in names[:_NAMED])
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            told.append(f"{len(names)} that {singular if len(names) == 1 else plural} ({shown}{more})")
    if others := by_weight[Weight.OTHER]:
        names_or_types, _ = subjects(others, style)
        told.append(f"{'others: ' if told else ''}{names_or_types}")
    return ", ".join(told)


def losses(change: StackChange) -> str:
    """`3 that hold data and 1 that serves go`, of all that is deleted or replaced; empty for none."""
    going = {
        name
        for kind in (ChangeKind.DELETE, ChangeKind.REPLACE)
        for item in change.of(kind)
        for name in (*(() if item.retained else (label(item),)), *item.takes_along)
    }
    counts = {heavy: sum(weight(name) is heavy for name in going) for heavy in _WORDS}
    told = [f"{count} that {_WORDS[heavy][count > 1]}" for heavy, count in counts.items() if count]
    return f"{' and '.join(told)} {'goes' if sum(counts.values()) == 1 else 'go'}" if told else ""
