"""Conditions of Azure role assignments: the language, read and judged.

Read as `MicrosoftDocs/azure-docs articles/role-based-access-control/conditions-format.md` describes it. What is not in
the subset below is refused, never guessed: numbers and dates are no part of conditions on role assignments.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from azure_facts.roles import Permission
from azure_facts.source import Source

FORMAT = Source(
    "MicrosoftDocs/azure-docs articles/role-based-access-control/conditions-format.md",
    datetime.date(2026, 11, 30),
)


class ConditionError(ValueError):
    """A text is no condition of the known form; the text says where it stops being one."""


@dataclass(frozen=True)
class Asked:
    """What is asked for: the operation, and attributes by their name (`…/roleAssignments:RoleDefinitionId`). An
    attribute that nobody knows is absent."""

    operation: str
    attributes: Mapping[str, tuple[str, ...]]


Judge = Callable[[Asked], bool]

_DEPTH = 50
"""Ours: Azure's own editor nests a handful, and Python's stack ends before a thousand."""

_TOKEN = re.compile(
    r"\s*(?:(?P<mark>[(){},!]|&&|\|\|)|'(?P<quoted>[^']*)'|@(?P<origin>Request|Resource|Principal|Environment)"
    r"\[(?P<attribute>[^\]]+)\]|(?P<word>[A-Za-z][\w:]*(?![-\w]))|(?P<guid>[0-9A-Fa-f-]{36}))"
)
_COMPARISONS: Mapping[str, Callable[[str, str], bool]] = {
    "StringEquals": lambda left, right: left == right,
    "StringEqualsIgnoreCase": lambda left, right: left.lower() == right.lower(),
    "StringLike": lambda left, right: _like(right).fullmatch(left) is not None,
    "StringLikeIgnoreCase": lambda left, right: _like(right.lower()).fullmatch(left.lower()) is not None,
    "StringStartsWith": lambda left, right: left.startswith(right),
    "StringStartsWithIgnoreCase": lambda left, right: left.lower().startswith(right.lower()),
    "GuidEquals": lambda left, right: _guid(left) == _guid(right),
}
_Quantifier = Callable[[Sequence[Sequence[bool]]], bool]
_QUANTIFIERS: Mapping[str, _Quantifier] = {
    "": lambda rows: any(any(row) for row in rows),
    "ForAnyOfAnyValues": lambda rows: any(any(row) for row in rows),
    "ForAllOfAnyValues": lambda rows: all(any(row) for row in rows),
    "ForAnyOfAllValues": lambda rows: any(all(row) for row in rows),
    "ForAllOfAllValues": lambda rows: all(all(row) for row in rows),
}


@lru_cache(maxsize=256)
def parse_condition(text: str) -> Judge:
    """Raises `ConditionError`."""
    return _Parser(text).whole()


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    position: int


class _Parser:
    """By descent: alternatives of conjunctions of negations, parentheses, actions and comparisons."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._next = 0
        self._depth = 0

    def whole(self) -> Judge:
        judge = self._either()
        if self._peek().kind != "end":
            raise self._wrong("AND, OR or the end")
        return judge

    def _either(self) -> Judge:
        parts = [self._both()]
        while self._take("OR", "||"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else lambda asked: any(part(asked) for part in parts)

    def _both(self) -> Judge:
        parts = [self._single()]
        while self._take("AND", "&&"):
            parts.append(self._single())
        return parts[0] if len(parts) == 1 else lambda asked: all(part(asked) for part in parts)

    def _single(self) -> Judge:
        if self._take("!", "NOT"):
            inner = self._deeper(self._single)
            return lambda asked: not inner(asked)
        if self._take("("):
            inner = self._deeper(self._either)
            self._expect(")")
            return inner
        if self._take("ActionMatches"):
            (pattern,) = self._values(exactly=1)
            permission = Permission(actions=(pattern,))
            return lambda asked: permission.permits(asked.operation)
        return self._comparison()

    def _deeper(self, part: Callable[[], Judge]) -> Judge:
        self._depth += 1
        if self._depth > _DEPTH:
            raise ConditionError(
                f"is nested deeper than {_DEPTH} levels at character {self._peek().position + 1}"
            )
        judge = part()
        self._depth -= 1
        return judge

    def _comparison(self) -> Judge:
        token = self._peek()
        if token.kind != "attribute":
            raise self._wrong("ActionMatches, an attribute (@Request[…]) or a parenthesis")
        self._next += 1
        attribute, operator = token.text, self._peek()
        quantifier, _, name = operator.text.rpartition(":")
        negated = name.replace("Not", "", 1) if "Not" in name else ""
        compare = _COMPARISONS.get(negated or name)
        combine = _QUANTIFIERS.get(quantifier)
        if operator.kind != "word" or compare is None or combine is None:
            raise self._wrong("an operator such as ForAnyOfAnyValues:GuidEquals")
        self._next += 1
        values = self._values()

        def judge(asked: Asked) -> bool:
            found = asked.attributes.get(attribute.lower(), ())
            rows = [[compare(left, right) is not bool(negated) for right in values] for left in found]
            return bool(rows) and combine(rows)

        return judge

    def _values(self, *, exactly: int = 0) -> tuple[str, ...]:
        """`{'a', 'b'}`, `{guid, guid}`, or one alone."""
        braces = self._take("{")
        values = [self._value()]
        while braces and self._take(","):
            values.append(self._value())
        if braces:
            self._expect("}")
        if exactly and len(values) != exactly:
            raise self._wrong(f"{exactly} value")
        return tuple(values)

    def _value(self) -> str:
        token = self._peek()
        if token.kind not in ("value", "guid"):
            raise self._wrong("a text in quotes or a GUID")
        self._next += 1
        return token.text

    def _peek(self) -> _Token:
        return self._tokens[self._next]

    def _take(self, *texts: str) -> bool:
        token = self._peek()
        if token.kind not in ("mark", "word") or token.text not in texts:
            return False
        self._next += 1
        return True

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise self._wrong(text)

    def _wrong(self, wanted: str) -> ConditionError:
        token = self._peek()
        found = f"{token.text!r}" if token.kind != "end" else "the end"
        return ConditionError(f"expected {wanted} at character {token.position + 1}, found {found}")


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise ConditionError(
                f"it cannot be read from character {position + 1} on: {text[position:][:20]!r}"
            )
        start = match.end() - len(match[0].lstrip())
        position = match.end()
        if match["mark"] is not None:
            found.append(_Token("mark", match["mark"], start))
        elif match["quoted"] is not None:
            found.append(_Token("value", match["quoted"], start))
        elif match["attribute"] is not None:
            found.append(_Token("attribute", match["attribute"], start))
        elif match["word"] is not None:
            found.append(_Token("word", match["word"], start))
        else:
            found.append(_Token("guid", match["guid"], start))
    found.append(_Token("end", "", end))
    return found


@cache
def _like(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(re.sub(r"\*+", "*", pattern)).replace(r"\*", ".*").replace(r"\?", "."))


def _guid(text: str) -> str:
    """A role is named by GUID or by the ARM id that ends with it."""
    return text.rpartition("/")[2].lower()
