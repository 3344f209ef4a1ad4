"""The report as a comment on a pull request: GitHub's and Azure DevOps' Markdown, within their limits.

What a reviewer must know is open, in one line for each thing; names behind numbers, and the picture, are folded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rehearsal.changes.mermaid import mermaid
from rehearsal.changes.model import StackChange
from rehearsal.changes.sentences import Line, access_rows
from rehearsal.changes.wording import Section, compact, sections, verdict

LIMIT = 65_536
"""Of a GitHub comment's characters (docs.github.com rest/issues/comments: body is too long). Kept in bytes, which are
never fewer, however they are counted. Azure DevOps takes more."""

MARKER = "<!-- rehearsal: changes -->"
"""By which a pipeline finds its earlier comment again."""

_LONGEST_VALUE = 300
_RESERVE = 3_000
"""Bytes for notes on what was cut, and for what a pipeline writes around the report."""

_OPEN_GRAVE, _OPEN = 12, 10
"""Lines of a part that are open; of more, those that are essential are told by type, and all are among the folded."""

_NOTE = "- … {} more; the whole report: `--format json`\n"


class MarkdownStyle:
    """Everything from a program is in a code span, where neither markup nor a mention means anything."""

    def code(self, value: str) -> str:
        """One code span on one line: longer than any run of backticks in it, long values cut, and nothing that a reader
        of the raw text could take for a comment's begin or end."""
        text = "".join(char if char.isprintable() else repr(char)[1:-1] for char in value)
        if len(text) > _LONGEST_VALUE:
            text = f"{text[:_LONGEST_VALUE]}… ({len(text)} characters)"
        text = text.replace("<!--", "<! --").replace("-->", "-- >")
        runs = [len(run) for run in re.findall(r"`+", text)]
        if not text.strip():
            return "(empty)" if not text else "(blank)"
        if not runs:
            return f"`{text}`"
        fence = "`" * (max(runs) + 1)
        return f"{fence} {text} {fence}"

    def strong(self, value: str) -> str:
        """Bold."""
        return f"**{value}**"

    def cell(self, value: str) -> str:
        """A code span within a table, where a pipe ends the cell even in code."""
        return re.sub(r"\\+(?=\|)", lambda run: f"{run[0]} ", self.code(value)).replace("|", r"\|")


_STYLE = MarkdownStyle()


@dataclass
class _Stack:
    """One stack's part: what is never cut, what is open, what is folded."""

    change: StackChange
    parts: list[Section]
    essential: str = ""
    opened: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def render_markdown(changes: Sequence[StackChange], *, limit: int = LIMIT) -> str:
    """The comment: verdict, then for each stack deletions and replacements, never cut, and all else as far as it fits;
    names and pictures folded at the end.

    Deterministic: the same changes give the same bytes. Never longer than `limit` bytes of UTF-8.
    """
    head = f"{MARKER}\n{_STYLE.strong(_escaped(verdict(changes)))}\n"
    stacks = [_Stack(change, list(sections(change, _STYLE))) for change in changes]
    budget = limit - _size(head) - _RESERVE
    budget -= _tell_essential(stacks, budget)
    for stack in stacks:
        stack.opened, budget = _fitting(_opened(stack.change, stack.parts), budget)
    for stack in stacks:
        stack.names, budget = _fitting(_names(stack.parts), budget)
    written, folded = [head], []
    for stack in stacks:
        name = _escaped(stack.change.stack)
        written += [stack.essential, *stack.opened]
        folded.append(_folded(f"{name}: every name", "".join(stack.names)))
        picture = mermaid(stack.change.components) if stack.change.changes else ""
        drawn = _folded(f"{name}: components", picture)
        if _size(drawn) <= budget:
            budget -= _size(drawn)
            folded.append(drawn)
    return "".join([*written, *folded]).rstrip() + "\n"


def _tell_essential(stacks: Sequence[_Stack], budget: int) -> int:
    """Writes the parts that are never cut, in the longest wording that fits for all stacks together; their bytes."""
    for stack in stacks:
        stack.essential = _heading(stack) + "".join(
            _bullets(part.title, part.lines) for part in _grave_parts(stack, names=3)
        )
    folded = sum(_size(line) for stack in stacks for line in _names(_essential(stack.parts)))
    if _total(stacks) + folded <= budget:
        return _total(stacks)
    for names in (5_000, 1_000, 500, 50, 5, 1, 0):
        for stack in stacks:
            stack.essential = _heading(stack) + _told_by_type(stack, names)
        if _total(stacks) <= budget:
            break
    else:
        for stack in stacks:
            stack.essential = f"{_heading(stack)}- {_STYLE.strong(_escaped(verdict([stack.change])))}\n"
    for stack in stacks:
        stack.parts = [part for part in stack.parts if not part.essential]
    return _total(stacks)


def _told_by_type(stack: _Stack, names: int) -> str:
    """What is too many to tell one by one; says so."""
    by_type = list(compact(stack.change, _STYLE, names))
    titles = {part.title for part in by_type}
    others = [part for part in _essential(stack.parts) if part.title not in titles]
    told = [_bullets(part.title, part.lines[:_OPEN_GRAVE]) for part in others]
    told += [_bullets(part.title, part.lines) for part in by_type]
    note = "too many to be told one by one; the whole report: `--format json`"
    return "".join([*told, _bullets("note", [Line(note)])])


def _total(stacks: Sequence[_Stack]) -> int:
    return sum(_size(stack.essential) for stack in stacks)


def _heading(stack: _Stack) -> str:
    return f"\n### {_escaped(stack.change.stack)}\n\n"


def _grave_parts(stack: _Stack, names: int) -> list[Section]:
    """The essential parts; those of many lines by type, in the place of the lines."""
    by_type = {part.title: part for part in compact(stack.change, _STYLE, names)}
    return [
        by_type.get(part.title, part) if len(part.lines) > _OPEN_GRAVE else part
        for part in _essential(stack.parts)
    ]


def _essential(parts: Sequence[Section]) -> list[Section]:
    return [part for part in parts if part.essential]


def _bullets(title: str, lines: Sequence[Line]) -> str:
    return "".join(f"- {_STYLE.strong(title)} {line.text}\n" for line in lines)


def _opened(change: StackChange, parts: Sequence[Section]) -> list[str]:
    found: list[str] = []
    for part in parts:
        if part.essential:
            continue
        if part.title == "access":
            found += _access_table(change)
        else:
            found += [_bullets(part.title, [line]) for line in part.lines[:_OPEN]]
        if len(part.lines) > _OPEN:
            found.append(f"- {_STYLE.strong(part.title)} and {len(part.lines) - _OPEN} more, below\n")
    return found


def _names(parts: Sequence[Section]) -> list[str]:
    """What is open in short, in full: the lines that were too many, and the names behind numbers."""
    found: list[str] = []
    for part in sorted(parts, key=lambda part: not part.essential):
        shown = _OPEN_GRAVE if part.essential else _OPEN
        for number, line in enumerate(part.lines):
            short = len(part.lines) > shown and (part.essential or number >= shown)
            if short or line.details:
                found.append(_bullets(part.title, [line]))
            found += [f"  - {_STYLE.code(name)}\n" for name in line.details]
    return found


def _access_table(change: StackChange) -> list[str]:
    cells = [
        f"| {_STYLE.cell(who)} | {_STYLE.strong(verb)} | {_STYLE.cell(what)} | {_STYLE.cell(where)} "
        f"| {_STYLE.cell(why) if why else ''} |\n"
        for who, verb, what, where, why in access_rows(change.access)[:_OPEN]
    ]
    return ["\n| who | | what | on | why |\n|---|---|---|---|---|\n", *cells, "\n"]


def _folded(summary: str, body: str) -> str:
    return f"\n<details><summary>{summary}</summary>\n\n{body}\n</details>\n" if body else ""


def _fitting(lines: list[str], budget: int) -> tuple[list[str], int]:
    """As many whole lines as fit, and how many do not; and what is left of the budget."""
    kept: list[str] = []
    for line in lines:
        if _size(line) > budget:
            return [*kept, _NOTE.format(len(lines) - len(kept))], 0
        budget -= _size(line)
        kept.append(line)
    return kept, budget


def _size(text: str) -> int:
    return len(text.encode())


def _escaped(text: str) -> str:
    """Words of ours around a stack's name, which the engine allows letters, digits, `-`, `_` and `.` only."""
    return re.sub(r"[^\w .,:;|()+±→-]", "_", text)
