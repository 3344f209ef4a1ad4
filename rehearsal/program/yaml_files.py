"""Reading Pulumi's YAML files as the Pulumi CLI reads them."""

from __future__ import annotations

import re
from collections.abc import Hashable
from pathlib import Path

import yaml

from rehearsal.model.errors import RehearsalError

_MERGE = "tag:yaml.org,2002:merge"

MOST_VALUES = 20_000
"""A stack file of a few hundred lines has a few thousand. Aliases of aliases make a short file without end of one."""


class _PulumiLoader(yaml.SafeLoader):
    """PyYAML follows YAML 1.1, where `yes` is true, `1:30` is 90 and `2026-11-21` a date; the CLI's Go
    library (gopkg.in/yaml.v3) leaves all three as text. Duplicate keys are an error there and silent here by
    default."""

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002 - PyYAML calls it so
    ) -> dict[Hashable, object]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            if key_node.tag == _MERGE:
                continue
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable):
                if key in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"mapping key {key!r} already defined", key_node.start_mark
                    )
                seen.add(key)
        return super().construct_mapping(node, deep)


_PulumiLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("tag:yaml.org,2002:null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:int", r"^[-+]?(?:0|[1-9][0-9]*|0x[0-9a-fA-F]+)$", "-+0123456789"),
    (
        "tag:yaml.org,2002:float",
        r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?$",
        "-+.0123456789",
    ),
    (_MERGE, r"^<<$", "<"),
):
    _PulumiLoader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


def read_yaml_mapping(path: Path) -> dict[str, object]:
    """The top-level mapping of a file; an empty file is an empty mapping.

    Raises `RehearsalError` naming file and line where the file cannot be read as such.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise RehearsalError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise RehearsalError(f"{path}:{line}: not UTF-8 text") from error
    try:
        content = yaml.load(text, Loader=_PulumiLoader)  # noqa: S506 - a subclass of SafeLoader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise RehearsalError(
            f"{path}:{line}: {error.problem or error.context or 'not valid YAML'}"
        ) from error
    except RecursionError as error:
        raise RehearsalError(
            f"{path}:1: an alias (*name) contains itself, or the nesting is too deep"
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        # ValueError: a number of more digits than Python reads.
        raise RehearsalError(f"{path}:1: {error}") from error
    if content is None:
        return {}
    try:
        count = _values_in(content, {})
    except RecursionError:
        raise RehearsalError(f"{path}:1: an alias (*name) contains itself") from None
    if count > MOST_VALUES:
        raise RehearsalError(
            f"{path}:1: its aliases (*name) stand for {count} values; write it with fewer than {MOST_VALUES}"
        )
    if not isinstance(content, dict):
        raise RehearsalError(
            f"{path}:1: expected a mapping of keys to values, found a {type(content).__name__}"
        )
    return {str(key): value for key, value in content.items()}


def _values_in(value: object, known: dict[int, int]) -> int:
    """How many values there are once every alias is written out. Raises `RecursionError` where one closes a circle, on
    which every reader of the content would run for ever."""
    if not isinstance(value, (dict, list)):
        return 1
    if id(value) not in known:
        known[id(value)] = _OPEN
        items = value.values() if isinstance(value, dict) else value
        known[id(value)] = 1 + sum(_values_in(item, known) for item in items)
    if known[id(value)] == _OPEN:
        raise RecursionError
    return known[id(value)]


_OPEN = -1
"""Counting has begun and not ended."""
