"""What template functions are given: kinds checked, keys found, values compared."""

from __future__ import annotations

from collections.abc import Mapping

from rehearsal.azure_policy.verdict import DoubtError, DoubtKind
from rehearsal.model.values import UNKNOWN, has_unknown

Arguments = tuple[object, ...]


def failed(text: str) -> DoubtError:
    """A template function that ends in an error."""
    return DoubtError(text, DoubtKind.FAILED)


def key_in(values: Mapping[str, object], key: str) -> str | None:
    """The key as the object has it, whatever the case; None where it has none."""
    if key in values:
        return key
    wanted = key.casefold()
    return next((each for each in values if each.casefold() == wanted), None)


def value_in(values: Mapping[str, object], key: str) -> object:
    """The value under the key, whatever the case; None where there is none."""
    found = key_in(values, key)
    return values[found] if found is not None else None


def lower_keys(values: object) -> dict[str, object]:
    """The object with its keys in lower case; empty for anything else."""
    return {str(key).lower(): value for key, value in values.items()} if isinstance(values, Mapping) else {}


def exact(one: object, other: object) -> bool:
    """Whether two values are the same for functions, which regard case."""
    if one is UNKNOWN or other is UNKNOWN:
        raise DoubtError("a part of the value is known only after the deployment")
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(exact(item, other[key]) for key, item in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(exact(*pair) for pair in zip(one, other, strict=True))
    return isinstance(one, bool) is isinstance(other, bool) and one == other


def items_in(values: list[object]) -> list[object]:
    """The items of a list that a function reads, all of them. Raises `DoubtError` where one is unknown."""
    if has_unknown(values):
        raise DoubtError("a part of the value is known only after the deployment")
    return values


def text_in(value: object, name: str) -> str:
    """A text that a function is given; a failure of it for anything else."""
    if not isinstance(value, str):
        raise failed(f"{name}() is given {described(value)} and takes a text")
    return value


def whole(value: object, name: str) -> int:
    """A whole number that a function is given; a failure of it for anything else."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise failed(f"{name}() is given {described(value)} and takes a whole number")
    return value


_MOST_CHARACTERS = 120


def shortened(text: str) -> str:
    """For messages: a text of a policy may fill a screen."""
    return text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}…"


def described(value: object) -> str:
    """What kind of value it is, for messages."""
    if value is None:
        return "nothing"
    names = {bool: "a boolean", int: "a number", float: "a number", str: "a text", list: "a list"}
    return names.get(type(value), "an object")
