"""The syntax of template expressions: `[concat(parameters('prefix'), field('name'))]`.

Source: learn.microsoft.com azure/azure-resource-manager/templates/template-expressions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rehearsal.azure_policy.verdict import PolicyError

MOST_CHARACTERS = 81_920
DEEPEST = 64
"""`azure_facts.azure_policy.RULE_SOURCE`, limits enforced during authoring."""


@dataclass(frozen=True)
class Literal:
    """A text or a whole number."""

    value: str | int


@dataclass(frozen=True)
class Call:
    """A function and its arguments; `name` is as written."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Index:
    """`base.name`, `base[0]` or `base['key']`."""

    base: Node
    key: Node


Node = Literal | Call | Index

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>-?\d+)|(?P<name>[A-Za-z_][\w$]*)|(?P<sign>[()\[\],.]))"
)


def is_expression(text: str) -> bool:
    """Whether a text of a policy is evaluated."""
    return text.startswith("[") and text.endswith("]") and not text.startswith("[[")


def is_escaped(text: str) -> bool:
    """Whether a text would be an expression without its first bracket, and stands for itself without it."""
    return text.startswith("[[") and text.endswith("]")


def parse(text: str) -> Node:
    """The expression between the brackets. Raises `PolicyError` with the place where it cannot be read."""
    if len(text) > MOST_CHARACTERS:
        raise PolicyError(f"an expression has {len(text)} characters; Azure takes {MOST_CHARACTERS}")
    return _Parser(text[1:-1]).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._node()
        if self._text[self._at :].strip():
            raise self._wrong("the end")
        return node

    def _node(self) -> Node:
        kind, value = self._take()
        if kind == "text":
            return self._accessed(Literal(value[1:-1].replace("''", "'")))
        if kind == "number":
            return Literal(int(value))
        if kind == "name":
            if not self._sign("("):
                raise self._wrong(f"( after {value}")
            return self._accessed(Call(value, self._arguments()))
        if value == "(":  # a pair of brackets around one expression, which Azure's own examples have
            node = self._node()
            self._expect(")")
            return self._accessed(node)
        raise self._wrong("a function, a text or a number")

    def _arguments(self) -> tuple[Node, ...]:
        self._depth += 1
        if self._depth > DEEPEST:
            raise PolicyError(f"an expression nests more than {DEEPEST} functions")
        found: list[Node] = []
        if not self._sign(")"):
            found.append(self._node())
            while self._sign(","):
                found.append(self._node())
            self._expect(")")
        self._depth -= 1
        return tuple(found)

    def _accessed(self, node: Node) -> Node:
        while True:
            if self._sign("."):
                kind, value = self._take()
                if kind != "name":
                    raise self._wrong("a property's name")
                node = Index(node, Literal(value))
            elif self._sign("["):
                node = Index(node, self._node())
                self._expect("]")
            else:
                return node

    def _take(self) -> tuple[str, str]:
        match = _TOKEN.match(self._text, self._at)
        if match is None or match.lastgroup is None:
            raise self._wrong("a function, a text or a number")
        self._at = match.end()
        return match.lastgroup, match[match.lastgroup]

    def _sign(self, sign: str) -> bool:
        match = _TOKEN.match(self._text, self._at)
        if match is None or match["sign"] != sign:
            return False
        self._at = match.end()
        return True

    def _expect(self, sign: str) -> None:
        if not self._sign(sign):
            raise self._wrong(sign)

    def _wrong(self, wanted: str) -> PolicyError:
        return PolicyError(f"expression [{self._text}]: wanted {wanted} at character {self._at + 1}")
