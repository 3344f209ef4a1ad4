"""An export as texts, before it is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from rehearsal.export.folder import FORMAT
from rehearsal.model.position import Position
from rehearsal.model.values import Json
from rehearsal.run import Rehearsal


@dataclass(frozen=True)
class Export:
    """`files` are texts by name. `count` counts resources, `left_out` says by URN why others
    are not there, and `generic` are types that only the general rule formed."""

    files: Mapping[str, str]
    count: int
    left_out: Mapping[str, str]
    generic: tuple[str, ...]


def text_of(document: Json) -> str:
    """The file of a document."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def manifest_of(rehearsal: Rehearsal, export: Export, own: Mapping[str, Json], rows: list[Json]) -> str:
    """The manifest of an export, which is not among its `files` yet. `own`: what one form alone has, `rows`: the
    resources."""
    document: dict[str, Json] = {
        "format": FORMAT,
        "stack": rehearsal.stack,
        "project": rehearsal.project,
        **own,
        "resources": rows,
        "leftOut": [{"urn": urn, "reason": reason} for urn, reason in sorted(export.left_out.items())],
        "generic": [*export.generic],
        "files": [*sorted(export.files)],
    }
    return text_of(document)


def position_of(position: Position | None) -> Json:
    """A line of the program, as manifests say it."""
    return {"path": position.file, "line": position.line} if position else None
