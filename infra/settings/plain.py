"""From what YAML can say to what JSON can: the engine hands settings over as JSON, and offline must read the same."""

from __future__ import annotations

from datetime import date

from infra.settings.base import Problem

_DEEPEST = 60
_MOST = 100_000
"""A stack file has hundreds of settings; aliases (`&a`, `*a`) can stand for endless ones."""


class _EndlessError(Exception):
    """The settings hold themselves, or too many others."""


class Plain:
    """Makes values plain; `problems` are those that JSON has no word for, by their path."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._left = _MOST

    def area(self, path: str, value: object) -> object:
        """`value` as text, numbers, truths, lists and mappings with text as keys; None where it cannot be."""
        try:
            return self._plain(path, value, 0)
        except _EndlessError:
            self.problems.append(
                Problem(path, "holds itself, or more than any stack needs; write it without YAML aliases")
            )
            return None

    def _plain(self, path: str, value: object, depth: int) -> object:
        self._left -= 1
        if depth > _DEEPEST or self._left < 0:
            raise _EndlessError
        if isinstance(value, dict):
            return {
                self._text(path, str(key)): self._plain(f"{path}.{key}", item, depth + 1)
                for key, item in value.items()
            }
        if isinstance(value, list):
            return [self._plain(f"{path}[{index}]", item, depth + 1) for index, item in enumerate(value)]
        if isinstance(value, str):
            return self._text(path, value)
        if isinstance(value, date):  # a datetime is one too
            return value.isoformat()
        if value is None or isinstance(value, bool | int | float):
            return value
        self.problems.append(
            Problem(path, f"is a {type(value).__name__} of YAML, which no setting takes; give text or a list")
        )
        return None

    def _text(self, path: str, text: str) -> str:
        try:
            text.encode()
        except UnicodeEncodeError:
            self.problems.append(Problem(path, "holds half a character (a surrogate); give the whole one"))
            return ""
        return text
