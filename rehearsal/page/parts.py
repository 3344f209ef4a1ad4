"""What parts of the page are made of: a heading, a table, a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Part:
    """One part of the page; `anchor` is what a link names it by. A part without lines is hidden."""

    anchor: str
    title: str
    lines: tuple[str, ...]


def section(part: Part) -> Iterator[str]:
    """The part with its heading."""
    yield f'<section aria-labelledby="{part.anchor}"><h2 id="{part.anchor}">{escape(part.title)}</h2>'
    yield from part.lines
    yield "</section>"


def table(anchor: str, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Part:
    """A table; one without rows has no lines, and is not shown."""
    taken = list(rows)
    lines = rows_of(anchor, columns, taken) if taken else ()
    return Part(anchor, f"{title} ({len(taken)})", tuple(lines))


def rows_of(anchor: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A row of one cell is the heading of those after it."""
    yield f'<div class="scroll" tabindex="0" role="group" aria-labelledby="{anchor}">'
    yield f'<table class="{anchor}"><thead><tr>'
    yield "".join(f'<th scope="col">{name}</th>' for name in columns) + "</tr></thead><tbody>"
    for row in rows:
        if len(row) == 1 and len(columns) > 1:
            yield f'<tr><th scope="rowgroup" colspan="{len(columns)}">{row[0]}</th></tr>'
            continue
        cells = zip(columns, row, strict=True)
        yield "<tr>" + "".join(f'<td data-column="{name}">{cell}</td>' for name, cell in cells) + "</tr>"
    yield "</tbody></table></div>"


def code(value: str) -> str:
    """A name or value as it is written in a program."""
    return f"<code>{escape(value)}</code>"
