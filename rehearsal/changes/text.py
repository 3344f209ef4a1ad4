"""The report for a terminal: every line, nothing cut."""

from __future__ import annotations

from collections.abc import Sequence

from rehearsal.changes.model import StackChange
from rehearsal.changes.wording import sections, verdict


class PlainStyle:
    """Names as they are, but on one line and without control characters (a terminal would obey them)."""

    def code(self, value: str) -> str:
        """The text, every unprintable character written out."""
        return "".join(char if char.isprintable() else repr(char)[1:-1] for char in value)

    def strong(self, value: str) -> str:
        """The word itself."""
        return value


def render_text(changes: Sequence[StackChange]) -> str:
    """The report of all stacks, gravest things first."""
    style = PlainStyle()
    lines = [verdict(changes)]
    for change in changes:
        found = list(sections(change, style))
        if found:
            lines += ["", f"{change.stack}"]
        for section in found:
            lines.append(f"  {section.title} ({len(section.lines)}):")
            lines += [f"    {line}" for line in section.lines]
    return "\n".join(lines) + "\n"
