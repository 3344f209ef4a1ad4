"""The syntax of template expressions: `[concat(parameters('prefix'), field('name'))]`.

Source: learn.microsoft.com azure/azure-resource-manager/templates/template-expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from azure_facts.azure_policy import DEEPEST_FUNCTIONS, LONGEST_EXPRESSION
from rehearsal.azure_policy.arguments import shortened
from rehearsal.azure_policy.verdict import PolicyError

_MOST_DIGITS = 19
"""Whole numbers of templates have 64 bits."""


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
    """Whether a text would be an expression without its first bracket: it is a text, without that bracket."""
    return text.startswith("[[") and text.endswith("]")


def parse(text: str) -> Node:
    """The expression between the brackets. Raises `PolicyError` with the place where it cannot be read."""
    if len(text) > LONGEST_EXPRESSION:
        raise PolicyError(f"an expression has {len(text)} characters; Azure takes {LONGEST_EXPRESSION}")
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
        with self._deeper():
            return self._unlimited_node()

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        """Functions may nest; what the innermost is given, and pairs of brackets, are one level more."""
        self._depth += 1
        if self._depth > DEEPEST_FUNCTIONS + 1:
            raise PolicyError(f"an expression nests more than {DEEPEST_FUNCTIONS} functions")
        yield
        self._depth -= 1

    def _unlimited_node(self) -> Node:
        kind, value = self._take()
        if kind == "text":
            return self._accessed(Literal(value[1:-1].replace("''", "'")))
        if kind == "number":
            if len(value.lstrip("-")) > _MOST_DIGITS:
                raise PolicyError(f"an expression has a number of more than {_MOST_DIGITS} digits")
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
        found: list[Node] = []
        if not self._sign(")"):
            found.append(self._node())
            while self._sign(","):
                found.append(self._node())
            self._expect(")")
        return tuple(found)

    def _accessed(self, node: Node) -> Node:
        for _ in range(DEEPEST_FUNCTIONS):
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
        raise PolicyError(f"an expression has {DEEPEST_FUNCTIONS} properties one below the other")

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
        return PolicyError(
            f"expression [{shortened(self._text)}]: wanted {wanted} at character {self._at + 1}"
        )
