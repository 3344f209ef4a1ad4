"""Filling in the catalogue's templates."""

from __future__ import annotations

import string
from collections.abc import Mapping

from rehearsal.cloud.service_values import MadeUp

_KINDS = ("guid", "digits", "hex", "hexUpper", "alnum")


class _Values(dict[str, object]):
    """Template values; an input that the program left out reads as the empty text."""

    def __missing__(self, key: str) -> str:
        return ""


_FORMATTER = string.Formatter()


def fill(template: object, values: Mapping[str, object], owner: str) -> object:
    """The template with its placeholders replaced; lists and maps are filled in throughout."""
    if isinstance(template, str):
        if "{" not in template:
            return template
        return _FORMATTER.vformat(
            template, (), _Values({**values, **{kind: MadeUp(kind, owner) for kind in _KINDS}})
        )
    if isinstance(template, Mapping):
        return {str(fill(key, values, owner)): fill(item, values, owner) for key, item in template.items()}
    if isinstance(template, (list, tuple)):
        return [fill(item, values, owner) for item in template]
    return template


def placeholders(template: str) -> tuple[str, ...]:
    """The names of the placeholders, in order."""
    return tuple(name for _, name, _, _ in _FORMATTER.parse(template) if name)
