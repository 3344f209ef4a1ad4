"""Reading Pulumi's YAML files as the Pulumi CLI reads them."""

from __future__ import annotations

import re
from collections.abc import Hashable
from pathlib import Path

import yaml

from rehearsal.errors import RehearsalError


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
    ("tag:yaml.org,2002:merge", r"^<<$", "<"),
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
    except yaml.YAMLError as error:
        raise RehearsalError(f"{path}:1: {error}") from error
    if content is None:
        return {}
    if _contains_itself(content, ()):
        raise RehearsalError(f"{path}:1: an alias (*name) contains itself")
    if not isinstance(content, dict):
        raise RehearsalError(
            f"{path}:1: expected a mapping of keys to values, found a {type(content).__name__}"
        )
    return {str(key): value for key, value in content.items()}


def _contains_itself(value: object, above: tuple[int, ...]) -> bool:
    """YAML aliases can close a circle, on which every reader of the content would run for ever."""
    if not isinstance(value, (dict, list)):
        return False
    if id(value) in above:
        return True
    items = value.values() if isinstance(value, dict) else value
    return any(_contains_itself(item, (*above, id(value))) for item in items)
