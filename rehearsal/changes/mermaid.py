"""The picture of a stack's components in Mermaid's words, which GitHub draws; elsewhere its text still reads."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rehearsal.changes.model import ComponentNode
from rehearsal.changes.picture import reduced

MOST_CHARACTERS, MOST_EDGES = 50_000, 500
"""What Mermaid draws at most unless its page says otherwise (mermaid.js.org config schema: maxTextSize, maxEdges)."""

_LONGEST_NAME = 60


def mermaid(nodes: Sequence[ComponentNode]) -> str:
    """A fenced block, changed components marked and counted. Where all would be too many, only the changed ones and
    what they need; nothing where those are too many too."""
    changed = [node for node in nodes if node.changes]
    for shown in (nodes, changed):
        text, edges = _graph(shown)
        if shown and edges <= MOST_EDGES and len(text) <= MOST_CHARACTERS:
            return f"```mermaid\n{text}```\n"
    return ""


def _graph(all_nodes: Sequence[ComponentNode]) -> tuple[str, int]:
    nodes = reduced(all_nodes)
    number = {node.name: f"c{index}" for index, node in enumerate(nodes)}
    lines = ["graph LR"]
    for node in nodes:
        count = f"<br/>{node.changes} changed" if node.changes else ""
        mark = ":::changed" if node.changes else ""
        lines.append(f'  {number[node.name]}["{_label(node.name)}{count}"]{mark}')
    edges = [
        f"  {number[node.name]} --> {number[need]}" for node in nodes for need in node.needs if need in number
    ]
    lines += [*edges, "  classDef changed stroke-width:4px,stroke-dasharray:4"]
    return "".join(f"{line}\n" for line in lines), len(edges)


def _label(name: str) -> str:
    """Letters, digits and what cannot end a label."""
    return re.sub(r"[^\w .:/()-]", "_", name)[:_LONGEST_NAME]
