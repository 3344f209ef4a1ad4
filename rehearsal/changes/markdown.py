"""The report as a comment on a pull request: GitHub's and Azure DevOps' Markdown, within their limits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rehearsal.changes.model import AccessChange, ComponentNode, StackChange
from rehearsal.changes.wording import Section, compact_grave_lines, sections, verdict

LIMIT = 65_536
"""Characters of a GitHub comment (docs.github.com rest/issues/comments: body is too long). Azure DevOps takes more."""

MARKER = "<!-- rehearsal: changes -->"
"""By which a pipeline finds its earlier comment again."""

_LONGEST_VALUE = 300
_RESERVE = 2_000
"""For what follows the essential parts: notes on what was cut."""


class MarkdownStyle:
    """Everything from a program stands in a code span, where neither markup nor a mention means anything."""

    def code(self, value: str) -> str:
        """One code span on one line: longer than any run of backticks in it, pipes escaped for tables, long values
        cut."""
        text = "".join(char if char.isprintable() else repr(char)[1:-1] for char in value)
        if len(text) > _LONGEST_VALUE:
            text = f"{text[:_LONGEST_VALUE]}… ({len(text)} characters)"
        text = text.replace("|", "\\|")
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


_STYLE = MarkdownStyle()


def render_markdown(changes: Sequence[StackChange], *, limit: int = LIMIT) -> str:
    """The comment: verdict, then deletions and replacements, never cut; then all else as far as it fits.

    Deterministic: the same changes give the same bytes. Never longer than `limit` characters.
    """
    head = [MARKER, f"{_STYLE.strong(_escaped(verdict(changes)))}", ""]
    parts = {change.stack: list(sections(change, _STYLE)) for change in changes}
    budget = limit - len("\n".join(head)) - _RESERVE
    essential = _essential(changes, parts, budget)
    written = {stack: text for stack, text in essential.items() if text}
    budget -= sum(len(text) for text in written.values())
    body: list[str] = []
    for change in changes:
        body.append(written.get(change.stack, f"### {_escaped(change.stack)}\n"))
        for text in _optional(change, parts[change.stack]):
            cut = _fitting(text, budget)
            budget -= len(cut)
            body.append(cut)
    return ("\n".join(head) + "\n".join(part for part in body if part)).rstrip()[: limit - 1] + "\n"


def _essential(
    changes: Sequence[StackChange], parts: dict[str, list[Section]], budget: int
) -> dict[str, str]:
    """The parts that are never cut, in the longest wording that fits for all stacks together."""
    full = {
        change.stack: "".join(
            [f"### {_escaped(change.stack)}\n"]
            + [_section(part) for part in parts[change.stack] if part.essential]
        )
        for change in changes
    }
    if sum(map(len, full.values())) <= budget:
        return full
    for names in (5_000, 1_000, 500, 200, 50, 10, 1):
        compact = {
            change.stack: f"### {_escaped(change.stack)}\n"
            + _section(
                Section(
                    "Deleted and replaced", tuple(compact_grave_lines(change, _STYLE, names)), essential=True
                )
            )
            for change in changes
        }
        if sum(map(len, compact.values())) <= budget:
            return compact
    return {
        change.stack: f"### {_escaped(change.stack)}\n\n{_STYLE.code(verdict([change]))}\n"
        for change in changes
    }


def _optional(change: StackChange, parts: list[Section]) -> Iterator[str]:
    for part in parts:
        if part.essential:
            continue
        yield _access_table(change.access) if part.title == "Access" else _section(part)
    if change.changes:
        yield _picture(change.components)


def _section(part: Section) -> str:
    return f"\n#### {part.title} ({len(part.lines)})\n" + "".join(f"- {line}\n" for line in part.lines)


def _access_table(access: Sequence[AccessChange]) -> str:
    rows = [
        f"| {_STYLE.code(f'{item.principal_type} {item.principal}'.strip())} "
        f"| {_STYLE.strong('gains' if item.gains else 'loses')} | {_STYLE.code(item.role)} "
        f"| {_STYLE.code(item.scope)} | {'under a condition' if item.condition else ''} |\n"
        for item in access
    ]
    return f"\n#### Access ({len(rows)})\n\n| who | | role | on | |\n|---|---|---|---|---|\n" + "".join(rows)


def _picture(nodes: Sequence[ComponentNode]) -> str:
    """Mermaid draws on GitHub; where it does not, its text still reads."""
    number = {node.name: f"c{index}" for index, node in enumerate(nodes)}
    lines = ["", "<details><summary>Components</summary>", "", "```mermaid", "graph LR"]
    for node in nodes:
        count = f"<br/>{node.changes} changed" if node.changes else ""
        mark = ":::changed" if node.changes else ""
        lines.append(f'  {number[node.name]}["{_mermaid(node.name)}{count}"]{mark}')
    lines += [
        f"  {number[node.name]} --> {number[need]}" for node in nodes for need in node.needs if need in number
    ]
    lines += ["  classDef changed stroke-width:4px,stroke-dasharray:4", "```", "", "</details>", ""]
    return "\n".join(lines)


def _mermaid(name: str) -> str:
    """A label: letters, digits and what cannot end it."""
    return re.sub(r"[^\w .:/()-]", "_", name)[:60]


def _fitting(text: str, budget: int) -> str:
    """As many whole lines as fit, and how many do not; a picture or table without its end would not draw."""
    if len(text) <= budget:
        return text
    note = "- … {} more lines; the whole report is in the run's artifact (--format json)\n"
    lines = text.splitlines(keepends=True)
    if "<details>" in text:
        return note.format(len(lines)) if budget > len(note) + 10 else ""
    kept: list[str] = []
    left = budget - len(note) - 10
    for line in lines:
        if len(line) > left:
            break
        kept.append(line)
        left -= len(line)
    cut = len(lines) - len(kept)
    return "".join(kept) + note.format(cut) if len(kept) > 1 else ""


def _escaped(text: str) -> str:
    """Words of ours around a stack's name, which the engine allows letters, digits, `-`, `_` and `.` only."""
    return re.sub(r"[^\w .,:|()-]", "_", text)
