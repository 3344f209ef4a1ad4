"""YAML text as nodes with their lines: what the parser says, before anything is made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from pulumi_stack_files.errors import StackFileError

MOST_LEVELS = 100
"""Nesting. Stack files have about ten; Pulumi takes 10,000, on which Python's own JSON gives up."""

_PREFIX = "tag:yaml.org,2002:"
_ESCAPED_SLASH = re.compile(r"(?<!\\)(?:\\\\)*\\/")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SCALAR_TAGS = frozenset({"null", "bool", "int", "float", "str", "timestamp", "merge"})

PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml, from which Pulumi's parser is translated, where PyYAML was built with it: some fifteen times faster."""


@dataclass(frozen=True)
class ScalarNode:
    """`tag` is the short name of an explicit tag (`int` of `!!int`), else empty; `plain` is without quotes."""

    line: int
    text: str
    plain: bool
    tag: str


@dataclass(frozen=True)
class ListNode:
    """A sequence."""

    line: int
    items: list[Node] = field(default_factory=list)


@dataclass(frozen=True)
class MapNode:
    """A mapping, its keys and values in turn as they are written."""

    line: int
    entries: list[tuple[Node, Node]] = field(default_factory=list)


@dataclass(frozen=True)
class AliasNode:
    """`*name`. `target` is the anchor's node."""

    line: int
    name: str
    target: Node


Node = ScalarNode | ListNode | MapNode | AliasNode


def parse(path: Path, text: str) -> Node | None:
    """The file's only document; None for an empty file.

    Raises `StackFileError`: no YAML, a tag beyond YAML's plain ones, too many levels, a second document.
    """
    try:
        return _Builder(path, text, iter(yaml.parse(text, Loader=PARSER))).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "not valid YAML"
        raise StackFileError(path, mark.line + 1 if mark else 1, f"not YAML: {problem}") from error
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise StackFileError(
            path, line, f"not YAML: {error.reason}, character {error.character!r}"
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        if isinstance(error, StackFileError):
            raise
        # ValueError: an escape such as \U99999999, which is no character to Python.
        raise StackFileError(path, 1, f"not YAML: {error}") from error


class _Builder:
    """Nodes from the parser's events, without recursion: nesting is counted, not suffered."""

    def __init__(self, path: Path, text: str, events: Iterator[yaml.Event]) -> None:
        self._path = path
        self._text = text
        self._events = events
        self._anchors: dict[str, Node] = {}
        self._open: list[ListNode | MapNode] = []
        self._keys: list[Node | None] = []
        self._root: Node | None = None

    def document(self) -> Node | None:
        for event in self._events:
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.DocumentStartEvent):
                self._start(event, line)
            elif isinstance(event, yaml.ScalarEvent):
                self._add(self._scalar(event, line), event.anchor)
            elif isinstance(event, yaml.SequenceStartEvent):
                self._begin(event, ListNode(line), "seq")
            elif isinstance(event, yaml.MappingStartEvent):
                self._begin(event, MapNode(line), "map")
            elif isinstance(event, yaml.AliasEvent):
                self._add(self._alias(str(event.anchor), line), None)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._open.pop()
                self._keys.pop()
        return self._root

    def _start(self, event: yaml.DocumentStartEvent, line: int) -> None:
        if self._root is not None:
            raise StackFileError(
                self._path, line, "another document begins here (---), which Pulumi never reads"
            )
        if event.version not in (None, (1, 1)):
            raise StackFileError(self._path, line, "Pulumi reads YAML 1.1 only; take the %YAML line out")

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> ScalarNode:
        plain = event.style in (None, "")
        tag = self._tag(event.tag, line)
        if tag and tag not in _SCALAR_TAGS:
            raise self._unknown_tag(line)
        if _SURROGATE.search(event.value):
            raise StackFileError(self._path, line, "half a character (a surrogate); give the whole one")
        if event.style == '"' and "/" in event.value and self._escapes_a_slash(event):
            raise StackFileError(self._path, line, r"not YAML: unknown escape \/; write / alone")
        return ScalarNode(line, event.value, plain, tag)

    def _escapes_a_slash(self, event: yaml.ScalarEvent) -> bool:
        # YAML 1.2 allows it, and so does libyaml, unlike Pulumi's translation of it.
        if event.start_mark is None or event.end_mark is None:
            return False
        written = self._text[event.start_mark.index : event.end_mark.index]
        return _ESCAPED_SLASH.search(written) is not None

    def _begin(self, event: yaml.CollectionStartEvent, node: ListNode | MapNode, own_tag: str) -> None:
        tag = self._tag(event.tag, node.line)
        if tag not in ("", own_tag):
            raise self._unknown_tag(node.line)
        if len(self._open) >= MOST_LEVELS:
            raise StackFileError(self._path, node.line, f"is nested deeper than {MOST_LEVELS} levels")
        self._add(node, event.anchor)
        self._open.append(node)
        self._keys.append(None)

    def _alias(self, name: str, line: int) -> AliasNode:
        target = self._anchors.get(name)
        if target is None:
            raise StackFileError(
                self._path,
                line,
                "unknown alias (*name): nothing before it is called so (&name); a text that begins with * needs quotes",
            )
        if any(target is parent for parent in self._open):
            raise StackFileError(self._path, line, f"the alias *{name} contains itself")
        return AliasNode(line, name, target)

    def _add(self, node: Node, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = node
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        if isinstance(parent, ListNode):
            parent.items.append(node)
            return
        key = self._keys[-1]
        if key is None:
            self._keys[-1] = node
        else:
            parent.entries.append((key, node))
            self._keys[-1] = None

    def _tag(self, tag: str | None, line: int) -> str:
        # `!` alone asks for the meaning of the text, as no tag does (gopkg.in/yaml.v3).
        if tag is None or tag == "!":
            return ""
        if not tag.startswith(_PREFIX):
            raise self._unknown_tag(line)
        return tag.removeprefix(_PREFIX)

    def _unknown_tag(self, line: int) -> StackFileError:
        # Not shown: what looks like a tag may be a secret that begins with an exclamation mark.
        return StackFileError(
            self._path,
            line,
            "a tag (!name) does not belong into a file of settings; a text that begins with ! needs quotes",
        )
