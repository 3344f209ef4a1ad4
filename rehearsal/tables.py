"""Tables for a terminal, by the library rich: columns as wide as they need to be, long cells wrapped."""

from __future__ import annotations

import io
import shutil
from collections.abc import Collection, Sequence

NARROWEST, WIDEST, PIPED = 60, 160, 100
"""Columns that a table takes at least and at most, and those where no terminal says how many it has."""


def table(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numbers: Collection[str] = (),
    width: int | None = None,
) -> list[str]:
    """The lines, indented. `numbers` are columns that are set to the right. A row whose first cell alone is filled is a
    heading of those below it.

    Every text is shown as it is: what looks like rich's markup is no markup.
    """
    from rich import box  # only here: most previews show no table
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0))
    for column in columns:
        shown.add_column(
            Text(column), justify="right" if column in numbers else "left", overflow="fold", min_width=3
        )
    for row in rows:
        shown.add_row(*(Text(_printable(cell)) for cell in row))
    stream = io.StringIO()
    console = Console(
        file=stream, width=(width or _terminal_columns()) - 2, color_system=None, force_terminal=False
    )
    console.print(shown)
    return [f"  {line.rstrip()}".rstrip() for line in stream.getvalue().rstrip("\n").splitlines()]


def _terminal_columns() -> int:
    found = shutil.get_terminal_size((PIPED, 24)).columns
    return max(NARROWEST, min(found, WIDEST))


def _printable(text: str) -> str:
    """Without what a terminal would obey."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
