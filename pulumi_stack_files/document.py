"""A YAML file's values: Go's scalars, text as keys, merge keys and aliases written out, all of it bounded."""

from __future__ import annotations

import math
from pathlib import Path

from pulumi_stack_files.errors import StackFileError
from pulumi_stack_files.files import read_text
from pulumi_stack_files.handed_over import go_number
from pulumi_stack_files.nodes import AliasNode, ListNode, MapNode, Node, ScalarNode, parse
from pulumi_stack_files.scalars import Scalar, resolve

MOST_VALUES = 100_000
"""Values once every alias is written out. A stack file of a few hundred lines has a few thousand."""

_FEWEST_DECODED, _FEWEST_ALIASED, _ALIASED_SHARE = 1_000, 100, 0.99
"""From here on, gopkg.in/yaml.v3 (decode.go `unmarshal`) calls aliasing excessive."""


def read_yaml(path: Path, *, of_stack: bool = False) -> object:
    """What the file holds: None, text, numbers, truths, lists, and maps with text as keys.

    Dates stay as written. With `of_stack`, dates and texts of several lines become what they become in a stack file.
    Raises `StackFileError`, in one line with the place.
    """
    return values_of(path, read_text(path), of_stack=of_stack)


def read_mapping(path: Path, *, of_stack: bool = False) -> dict[str, object]:
    """A file that is a map; an empty one is an empty map. Raises `StackFileError`."""
    content = read_yaml(path, of_stack=of_stack)
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise StackFileError(path, 1, f"expected a map of keys to values, found {_KINDS[type(content)]}")
    return content


def values_of(path: Path, text: str, *, of_stack: bool) -> object:
    """As `read_yaml`, of a text that was read before; `path` is for messages."""
    root = parse(path, text)
    return None if root is None else Values(path, of_stack=of_stack).of(root)


_KINDS: dict[type, str] = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
}


class Values:
    """Makes values of nodes and counts them, so that a few lines of aliases cannot become endless ones."""

    def __init__(self, path: Path, *, of_stack: bool) -> None:
        self._path = path
        self._of_stack = of_stack
        self._decoded = 0
        self._aliased = 0
        self._within_aliases = 0

    def of(self, node: Node) -> object:
        """The value. Raises `StackFileError`."""
        self._count(node.line)
        if isinstance(node, AliasNode):
            self._within_aliases += 1
            value = self.of(node.target)
            self._within_aliases -= 1
            return value
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        if isinstance(node, ListNode):
            return [self.of(item) for item in node.items]
        found: dict[str, object] = {}
        self._fill(node, found)
        return found

    def key(self, node: Node) -> str:
        """A map's key as Go's `%v` prints it, which is what Pulumi makes of a number or a truth."""
        value = self.of(node)
        if isinstance(value, dict | list):
            raise StackFileError(self._path, node.line, "a map or a list cannot be a key")
        if value is None:
            return "<nil>"
        if isinstance(value, bool):
            return "true" if value else "false"
        return go_number(value) if isinstance(value, float) and math.isfinite(value) else str(value)

    def _fill(self, node: MapNode, found: dict[str, object]) -> None:
        """Adds the map's entries, then those that it merges; what is there already wins."""
        own: dict[str, int] = {}
        merged: Node | None = None
        for key_node, value_node in node.entries:
            merge = _is_merge(key_node)
            key = "<<" if merge else self.key(key_node)
            if key in own:
                raise StackFileError(
                    self._path, key_node.line, f"key '{key}' is given twice, first in line {own[key]}"
                )
            own[key] = key_node.line
            if merge:
                merged = value_node
            elif key not in found:
                found[key] = self.of(value_node)
        if merged is not None:
            self._merge(merged, found)

    def _merge(self, node: Node, found: dict[str, object]) -> None:
        self._count(node.line)
        target = node.target if isinstance(node, AliasNode) else node
        self._within_aliases += isinstance(node, AliasNode)
        if isinstance(target, MapNode):
            self._count(node.line)
            self._fill(target, found)
        elif isinstance(node, ListNode):
            for item in node.items:
                if not isinstance(item.target if isinstance(item, AliasNode) else item, MapNode):
                    raise self._no_map(item)
                self._merge(item, found)
        else:
            raise self._no_map(node)
        self._within_aliases -= isinstance(node, AliasNode)

    def _no_map(self, node: Node) -> StackFileError:
        return StackFileError(self._path, node.line, "a merge key (<<) takes a map or a list of maps")

    def _scalar(self, node: ScalarNode) -> Scalar:
        if node.tag in ("str", "merge") or (not node.tag and not node.plain):
            return self._text(node)
        value = resolve(node.text, times=node.tag == "timestamp" or (not node.tag and self._of_stack))
        if value == node.text and not node.tag:
            return self._text(node)
        if node.tag:
            value = self._as_tagged(node, value)
        if isinstance(value, float) and not math.isfinite(value):
            raise StackFileError(self._path, node.line, f"{node.text} is no finite number")
        return value

    def _text(self, node: ScalarNode) -> str:
        if not self._of_stack or "\n" not in node.text:
            return node.text
        # The CLI writes a stack file anew before it reads it (workspace/loaders.go), texts of several lines as block
        # literals, which lose a first empty line and cannot begin with a tab (gopkg.in/yaml.v3 emitterc.go).
        if node.text.startswith("\t"):
            raise StackFileError(
                self._path,
                node.line,
                "a text of several lines that begins with a tab is one that Pulumi cannot read",
            )
        return node.text[1:] if node.text.startswith(("\n", "\u2028", "\u2029")) else node.text

    def _as_tagged(self, node: ScalarNode, value: Scalar) -> Scalar:
        if node.tag == "timestamp" and isinstance(value, str) and value != node.text:
            return value if self._of_stack else node.text
        if node.tag == "float" and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        fits = {"null": value is None, "bool": isinstance(value, bool), "float": isinstance(value, float)}
        fits["int"] = isinstance(value, int) and not isinstance(value, bool)
        if not fits.get(node.tag, False):
            # Not shown: it may be a secret.
            raise StackFileError(self._path, node.line, f"the text here is no !!{node.tag}")
        return value

    def _count(self, line: int) -> None:
        self._decoded += 1
        self._aliased += self._within_aliases > 0
        if self._decoded > MOST_VALUES:
            raise StackFileError(self._path, line, f"has more than {MOST_VALUES:,} values")
        if (
            self._aliased > _FEWEST_ALIASED
            and self._decoded > _FEWEST_DECODED
            and self._aliased / self._decoded > _ALIASED_SHARE
        ):
            raise StackFileError(
                self._path, line, "excessive aliasing: its aliases (*name) give too many values"
            )


def _is_merge(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.text == "<<" and node.tag in ("", "merge")
