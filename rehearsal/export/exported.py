"""An export as texts, before it is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from rehearsal.model.position import Position
from rehearsal.model.values import Json


@dataclass(frozen=True)
class Export:
    """`files` are texts by name, the manifest among them. `count` counts resources, `left_out` says by URN why others
    are not there, and `generic` are types that only the general rule formed."""

    files: Mapping[str, str]
    count: int
    left_out: Mapping[str, str]
    generic: tuple[str, ...]


def text_of(document: Json) -> str:
    """The file of a document."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def position_of(position: Position | None) -> Json:
    """A line of the program, as manifests say it."""
    return {"path": position.file, "line": position.line} if position else None


def reasons_of(left_out: Mapping[str, str]) -> Json:
    """What is left out, as manifests say it."""
    return [{"urn": urn, "reason": reason} for urn, reason in sorted(left_out.items())]
