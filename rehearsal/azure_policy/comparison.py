"""The operators of conditions, on values that are known.

Texts compare without regard to case, but for `match` and `notMatch`; true and "true" are the same, as are 3 and "3".
Source of all semantics: `azure_facts.azure_policy.RULE_SOURCE`. Where that page is silent, the answer is a
`DoubtError`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from rehearsal.azure_policy.verdict import DoubtError, DoubtKind
from rehearsal.model.values import UNKNOWN

Operator = Callable[[object, object], bool]


def text_of(value: object) -> str:
    """A scalar as a policy compares it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def same(one: object, other: object) -> bool:
    """Whether two values are equal, at any depth. Raises `DoubtError` where something unknown would decide."""
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold() == other.casefold()
    if one is UNKNOWN or other is UNKNOWN:
        raise DoubtError("a part of the value is known only after the deployment")
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        mine = {str(key).casefold(): item for key, item in one.items()}
        theirs = {str(key).casefold(): item for key, item in other.items()}
        return mine.keys() == theirs.keys() and all(same(item, theirs[key]) for key, item in mine.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    if isinstance(one, Mapping | list) or isinstance(other, Mapping | list):
        return False
    return text_of(one).casefold() == text_of(other).casefold()


def contained(item: object, items: list[object], equal: Callable[[object, object], bool] = same) -> bool:
    """Whether a list holds the item. An unknown entry is a doubt only where no known one is the item."""
    doubt: DoubtError | None = None
    for entry in items:
        try:
            if equal(item, entry):
                return True
        except DoubtError as error:
            doubt = error
    if doubt is not None:
        raise doubt
    return False


def _in(value: object, target: object) -> bool:
    if not isinstance(target, list):
        raise DoubtError("`in` is given no list", DoubtKind.FILE)
    return contained(value, target)


def _like(value: object, target: object) -> bool:
    if value is None:
        return False
    _check_scalars("like", value, target)
    return _is_like(text_of(value).casefold(), text_of(target).casefold())


def _contains(value: object, target: object) -> bool:
    if value is None:
        return False
    _check_scalars("contains", value, target)
    return text_of(target).casefold() in text_of(value).casefold()


def _contains_key(value: object, target: object) -> bool:
    if value is None:
        return False
    if not isinstance(value, Mapping):
        raise DoubtError("`containsKey` is given no object")
    return text_of(target).casefold() in {str(key).casefold() for key in value}


def _matching(operator: str, flags: int) -> Operator:
    def apply(value: object, target: object) -> bool:
        if value is None:
            return False
        _check_scalars(operator, value, target)
        return _pattern(text_of(target), flags).fullmatch(text_of(value)) is not None

    return apply


def _check_scalars(operator: str, value: object, target: object) -> None:
    if isinstance(target, Mapping | list):
        raise DoubtError(f"`{operator}` compares with a list or an object, and takes a text", DoubtKind.FILE)
    if isinstance(value, Mapping | list):
        raise DoubtError(
            f"`{operator}` is given a list or an object, of which Azure's documentation says nothing"
        )


def _is_like(text: str, pattern: str) -> bool:
    """Each part between asterisks is looked for from left to right: a regular expression would try every way to divide
    the text among many asterisks."""
    first, *others = pattern.split("*")
    if not others:
        return text == first
    *middle, last = others
    if not text.startswith(first):
        return False
    at = len(first)
    for part in middle:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return len(text) - len(last) >= at and text.endswith(last)


_MATCHED = {"#": r"\d", "?": r"[^\W\d_]", ".": r"."}


@lru_cache(maxsize=1024)
def _pattern(pattern: str, flags: int) -> re.Pattern[str]:
    return re.compile("".join(_MATCHED.get(each) or re.escape(each) for each in pattern), flags | re.DOTALL)


def compare(one: object, other: object) -> int:
    """Below, at or above 0 as the first is less, equal or greater. Numbers compare as numbers, texts as texts without
    regard to case. Raises `DoubtError` for anything else: Azure ends with an error where the types differ."""
    if _is_number(one) and _is_number(other):
        first, second = float(text_of(one)), float(text_of(other))
        return (first > second) - (first < second)
    if isinstance(one, str) and isinstance(other, str):
        mine, theirs = one.casefold(), other.casefold()
        return (mine > theirs) - (mine < theirs)
    if one is None:
        raise DoubtError("the property is missing, and Azure's documentation does not say how that compares")
    raise DoubtError("the property and the value it is compared with are of different types")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _not(operator: Operator) -> Operator:
    return lambda value, target: not operator(value, target)


def _ordered(holds: Callable[[int], bool]) -> Operator:
    return lambda value, target: holds(compare(value, target))


def _exists(value: object, target: object) -> bool:
    return (value is not None) is (text_of(target).casefold() == "true")


OPERATORS: Mapping[str, Operator] = {
    "equals": same,
    "notequals": _not(same),
    "like": _like,
    "notlike": _not(_like),
    "match": _matching("match", 0),
    "notmatch": _not(_matching("notMatch", 0)),
    "matchinsensitively": _matching("matchInsensitively", re.IGNORECASE),
    "notmatchinsensitively": _not(_matching("notMatchInsensitively", re.IGNORECASE)),
    "contains": _contains,
    "notcontains": _not(_contains),
    "in": _in,
    "notin": _not(_in),
    "containskey": _contains_key,
    "notcontainskey": _not(_contains_key),
    "less": _ordered(lambda order: order < 0),
    "lessorequals": _ordered(lambda order: order <= 0),
    "greater": _ordered(lambda order: order > 0),
    "greaterorequals": _ordered(lambda order: order >= 0),
    "exists": _exists,
}
"""By name in lower case. Source: `azure_facts.azure_policy.RULE_SOURCE`."""
