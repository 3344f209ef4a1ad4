"""The report for a terminal: every line and every name, nothing cut."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from rehearsal.changes.model import StackChange
from rehearsal.changes.wording import sections, verdict

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
    """The report of all stacks, gravest things first: verdicts, then one line for each thing; at the end the names
    behind the numbers."""
    style = PlainStyle()
    told = {change.stack: list(sections(change, style)) for change in changes}
    lines = [verdict([change]) for change in changes] or [verdict([])]
    for stack, parts in told.items():
        lines += ["", stack] if parts else []
        lines += [f"  {part.title:<13}{line.text}" for part in parts for line in part.lines]
    for stack, parts in told.items():
        names = [(part.title, line) for part in parts for line in part.lines if line.details]
        lines += ["", f"{stack}: every name"] if names else []
        for title, line in names:
            lines += [f"  {title:<13}{line.text}", *_wrapped(style.code(name) for name in line.details)]
    return "\n".join(lines) + "\n"


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
