"""Reading a JSON document whose shape must be right: each problem is an error that names its place."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from rehearsal.model.json_values import readable
from rehearsal.model.values import Json, JsonObject

_DEEPEST = 100
"""Levels of nesting; the deepest inventory has about 20. Python ends at about 1,000 calls."""


class WrongJsonError(Exception):
    """The document is not what it should be: `<place> must be <what>`."""


def parse_json(text: str) -> Json:
    """The document, `readable`. Raises `WrongJsonError` for what is no JSON (RFC 8259) or nested too deeply."""
    try:
        document = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise WrongJsonError(f"is no JSON ({error})") from error
    _check_values(document, 0)
    return readable(document)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")


def _check_values(value: Json, depth: int) -> None:
    if depth > _DEEPEST:
        raise WrongJsonError(f"is nested more than {_DEEPEST} levels deep")
    if isinstance(value, float) and not math.isfinite(value):
        raise WrongJsonError("has a number that is too large")
    if isinstance(value, dict | list):
        for entry in value.values() if isinstance(value, dict) else value:
            _check_values(entry, depth + 1)


@dataclass(frozen=True)
class JsonReader:
    """One object of a document, and its place in it for messages (`resources[3]`; empty for the whole document).

    A key that is absent gives the default; without a default it raises `WrongJsonError`, as a value of another type
    does. The message holds no value: it may be a secret in the wrong place.
    """

    values: JsonObject
    place: str = ""

    def text(self, key: str, default: str | None = None) -> str:
        """A text."""
        found = self.values.get(key, default)
        if not isinstance(found, str):
            raise self._wrong(key, "a text")
        return found

    def flag(self, key: str, default: bool | None = None) -> bool:  # noqa: FBT001
        """True or false."""
        found = self.values.get(key, default)
        if not isinstance(found, bool):
            raise self._wrong(key, "true or false")
        return found

    def whole_number(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        found = self.values.get(key, default)
        if not isinstance(found, int) or isinstance(found, bool):
            raise self._wrong(key, "a whole number")
        return found

    def number(self, key: str, default: float | None = None) -> float:
        """A number."""
        found = self.values.get(key, default)
        if not isinstance(found, int | float) or isinstance(found, bool):
            raise self._wrong(key, "a number")
        return found

    def is_null(self, key: str) -> bool:
        """Whether the key is absent or null."""
        return self.values.get(key) is None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; an absent one is empty."""
        return tuple(self._text(entry, f"{key}[{index}]") for index, entry in enumerate(self._list(key)))

    def mapping(self, key: str) -> JsonObject:
        """An object; an absent one is empty."""
        found = self.values.get(key, {})
        if not isinstance(found, dict):
            raise self._wrong(key, "an object")
        return found

    def reader(self, key: str) -> JsonReader:
        """An object to read further; an absent one is empty."""
        return JsonReader(self.mapping(key), self._place(key))

    def without_nulls(self) -> JsonReader:
        """The same object, in which a null is as an absent key."""
        return JsonReader({key: value for key, value in self.values.items() if value is not None}, self.place)

    def readers(self, key: str) -> Iterator[JsonReader]:
        """The objects of a list; an absent list is empty."""
        for index, entry in enumerate(self._list(key)):
            if not isinstance(entry, dict):
                raise self._wrong(f"{key}[{index}]", "an object")
            yield JsonReader(entry, self._place(f"{key}[{index}]"))

    def map_of_texts(self, key: str) -> Mapping[str, str]:
        """An object whose values are texts."""
        below = self.reader(key)
        return {name: below.text(name) for name in below.values}

    def map_of_lists(self, key: str) -> Mapping[str, tuple[str, ...]]:
        """An object whose values are lists of texts."""
        below = self.reader(key)
        return {name: below.texts(name) for name in below.values}

    def map_of_counts(self, key: str) -> Mapping[str, int]:
        """An object whose values are whole numbers."""
        below = self.reader(key)
        return {name: below.whole_number(name) for name in below.values}

    def _text(self, value: Json, key: str) -> str:
        if not isinstance(value, str):
            raise self._wrong(key, "a text")
        return value

    def _list(self, key: str) -> Sequence[Json]:
        found = self.values.get(key, [])
        if not isinstance(found, list):
            raise self._wrong(key, "a list")
        return found

    def _place(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def _wrong(self, key: str, wanted: str) -> WrongJsonError:
        state = "must be" if key.partition("[")[0] in self.values else "is missing; it must be"
        return WrongJsonError(f"{self._place(key)} {state} {wanted}")
