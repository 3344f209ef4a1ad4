"""A stack file's configuration (`Pulumi.<stack>.yaml`), by full key, as `pulumi up` reads it."""

from __future__ import annotations

from pathlib import Path

from pulumi_stack_files.document import Values
from pulumi_stack_files.errors import StackFileError
from pulumi_stack_files.files import read_text
from pulumi_stack_files.nodes import AliasNode, MapNode, Node, ScalarNode, parse


def read_stack_file(path: Path, project: str) -> dict[str, object]:
    """The `config:` of a stack of `project`, by `namespace:key`; values as Pulumi reads them, `{secure: …}` included.

    A key without a namespace is the project's. An empty value is empty text (the CLI warns of it): an object's empty
    entry stays None. Raises `StackFileError`.
    """
    content = parse(path, read_text(path))
    values = Values(path, of_stack=True)
    found = {} if content is None else values.of(content)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise StackFileError(path, 1, "expected a map with the key 'config'")
    config = found.get("config")
    if config is None:
        return {}
    node = _below(content, "config")
    if not isinstance(config, dict):
        raise StackFileError(path, node.line if node else 1, "'config' must be a map of keys to values")
    return _by_full_key(path, project, config, _lines(path, values, node))


def _by_full_key(
    path: Path, project: str, config: dict[str, object], lines: dict[str, int]
) -> dict[str, object]:
    stack: dict[str, object] = {}
    for written, value in config.items():
        line = lines.get(written, 1)
        key = full_key(written, project)
        if key is None:
            raise StackFileError(path, line, f"'{written}' is no configuration key; give <namespace>:<key>")
        if key in stack:
            # Of two, Pulumi takes either.
            raise StackFileError(path, line, f"the key '{key}' is given twice")
        stack[key] = "" if value is None else value
    return stack


def full_key(key: str, project: str) -> str | None:
    """`size` is `<project>:size`, `a:config:b` is `a:b`; None for another number of colons (Pulumi's `ParseKey`)."""
    parts = key.split(":")
    if len(parts) == 1:
        return f"{project}:{key}"
    if len(parts) == 3 and parts[1] == "config":
        return f"{parts[0]}:{parts[2]}"
    return key if len(parts) == 2 else None


def _below(node: Node | None, key: str) -> Node | None:
    target = node.target if isinstance(node, AliasNode) else node
    if not isinstance(target, MapNode):
        return None
    return next(
        (value for name, value in target.entries if isinstance(name, ScalarNode) and name.text == key), None
    )


def _lines(path: Path, values: Values, node: Node | None) -> dict[str, int]:
    """The line of each key that is written in the map itself. Raises `StackFileError` for one that is no text."""
    target = node.target if isinstance(node, AliasNode) else node
    if not isinstance(target, MapNode):
        return {}
    lines: dict[str, int] = {}
    for name, _ in target.entries:
        key = values.of(name)
        if not isinstance(key, str):
            raise StackFileError(path, name.line, "a configuration key must be text, <namespace>:<key>")
        lines[key] = name.line
    return lines
