"""Finds the settings that a text names by their dotted key, such as `databricks.jobs`, and looks them up."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args, get_origin

from pydantic import BaseModel

from infra.settings.base import PROJECT
from infra.settings.platform import PlatformSettings

_SEGMENT = r"(?:[a-z0-9_]+(?:-[a-z0-9_]+)*|<[a-z]+>|NAME|KEY)"
_NAMED = re.compile(
    # Not within a path, an address, a longer name or a call: infra.access.table, docs.databricks.com, lake.py.
    rf"(?<![\w./@-])(?:{PROJECT}:)?((?:{'|'.join(PlatformSettings.model_fields)})(?:\.{_SEGMENT})+)(?![\w(/-]|\.[\w*])"
)
_NOT_KEYS = re.compile(r"\.(py|md|ya?ml|json|com|sql)$")
_ANY = re.compile(r"<[a-z]+>|NAME|KEY")
"""How a text writes a key of the user's own."""


def keys_in(text: str) -> Iterator[str]:
    """The dotted keys that begin with an area of the settings."""
    for match in _NAMED.finditer(text):
        if not _NOT_KEYS.search(match[1]):
            yield match[1]


def texts_of(module: Path) -> Iterator[str]:
    """The texts of a module; what an f-string puts in is NAME."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    within = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "NAME" for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in within:
            yield node.value


def is_setting(key: str) -> bool:
    """Whether the models have the key; maps take any name as a key."""
    found: list[object] = [PlatformSettings]
    for segment in key.split("."):
        found = [inner for outer in found for inner in _below(outer, segment)]
    return bool(found)


def _below(annotation: object, segment: str) -> Iterator[object]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            if name == segment or _ANY.fullmatch(segment):
                yield field.annotation
    elif get_origin(annotation) in (dict, Mapping):
        yield get_args(annotation)[1]
    else:
        for option in get_args(annotation):
            if option is not list:
                yield from _below(option, segment)
