"""The report for a terminal: every line and every name, nothing cut."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from rehearsal.changes.model import StackChange
from rehearsal.changes.sentences import Line
from rehearsal.changes.wording import Section, sections, verdict

_OPEN = 10
"""Lines of a part that come first; the others follow when every stack has been told."""

_WIDTH = 118
_INDENT = " " * 15


class PlainStyle:
    """Names as they are, but on one line and without control characters (a terminal would obey them)."""

    def code(self, value: str) -> str:
        """The text, every unprintable character written out."""
        return "".join(char if char.isprintable() else repr(char)[1:-1] for char in value)

    def strong(self, value: str) -> str:
        """The word itself."""
        return value


def render_text(changes: Sequence[StackChange]) -> str:
    """The report of all stacks, gravest things first: verdicts, then the first lines of each part; at the end the
    others, and the names behind the numbers."""
    style = PlainStyle()
    told = {change.stack: list(sections(change, style)) for change in changes}
    lines = [verdict([change]) for change in changes] or [verdict([])]
    for stack, parts in told.items():
        lines += ["", stack] if parts else []
        for part in parts:
            lines += [f"  {part.title:<13}{line.text}" for line in _opened(part)]
            if more := len(part.lines) - len(_opened(part)):
                lines.append(f"  {part.title:<13}and {more} more, below")
    for stack, parts in told.items():
        below = [f"  {part.title:<13}{text}" for part in parts for text in _below(part, style)]
        lines += ["", f"{stack}: the rest, and every name", *below] if below else []
    return "\n".join(lines) + "\n"


def _opened(part: Section) -> tuple[Line, ...]:
    return part.lines if part.essential else part.lines[:_OPEN]


def _below(part: Section, style: PlainStyle) -> Iterator[str]:
    for number, line in enumerate(part.lines):
        if line.details or number >= len(_opened(part)):
            yield "\n".join([line.text, *_wrapped(style.code(name) for name in line.details)])


def _wrapped(names: Iterable[str]) -> list[str]:
    """The names, none broken at its own blanks."""
    lines = textwrap.wrap(
        ", ".join(name.replace(" ", "\N{NO-BREAK SPACE}") for name in names),
        _WIDTH,
        initial_indent=_INDENT,
        subsequent_indent=_INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]
