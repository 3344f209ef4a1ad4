"""The components of a stack as an SVG: in columns, each right of what it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from rehearsal.changes.model import ComponentNode
from rehearsal.changes.picture import reduced

_LONGEST = 24
"""Characters of a name that fit into a box."""

_WIDTH, _HEIGHT, _ACROSS, _DOWN = 170, 34, 60, 18


def svg(all_nodes: Sequence[ComponentNode]) -> str:
    """The drawing, or nothing for no components; needs that follow from others are left out."""
    nodes = reduced(all_nodes)
    if not nodes:
        return ""
    columns = _columns(nodes)
    places: dict[str, tuple[int, int]] = {}
    rows: dict[int, int] = {}
    for node in nodes:
        column = columns[node.name]
        row = rows.get(column, 0)
        rows[column] = row + 1
        places[node.name] = (8 + column * (_WIDTH + _ACROSS), 8 + row * (_HEIGHT + _DOWN))
    width = 16 + (max(columns.values()) + 1) * (_WIDTH + _ACROSS) - _ACROSS
    height = 16 + max(rows.values()) * (_HEIGHT + _DOWN) - _DOWN
    lines = [
        f'<svg class="picture" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="Components and what they need">'
    ]
    for node in nodes:
        lines += [_edge(places[node.name], places[need]) for need in node.needs if need in places]
    for node in nodes:
        x, y = places[node.name]
        lines.append(f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="5"/>')
        shown = node.name if len(node.name) <= _LONGEST else f"{node.name[: _LONGEST - 1]}…"
        lines.append(
            f'<text x="{x + 10}" y="{y + 22}"><title>{escape(node.name)}</title>{escape(shown)}</text>'
        )
    return "\n".join([*lines, "</svg>"])


def _edge(start: tuple[int, int], end: tuple[int, int]) -> str:
    x1, y1 = start[0], start[1] + _HEIGHT // 2
    x2, y2 = end[0] + _WIDTH, end[1] + _HEIGHT // 2
    middle = (x1 + x2) // 2
    return f'<path d="M{x1} {y1} C{middle} {y1} {middle} {y2} {x2} {y2}"/>'


def _columns(nodes: Sequence[ComponentNode]) -> Mapping[str, int]:
    """One more than the furthest that it needs. Components may need each other: nothing is pushed right of the last
    possible column."""
    columns = dict.fromkeys((node.name for node in nodes), 0)
    for _ in nodes:
        for node in nodes:
            furthest = max((columns[need] + 1 for need in node.needs if need in columns), default=0)
            columns[node.name] = min(max(columns[node.name], furthest), len(nodes) - 1)
    used = sorted(set(columns.values()))
    return {name: used.index(column) for name, column in columns.items()}
