"""What differs between two sets of inputs, and whether a path is meant by a pattern."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rehearsal.model.paths import WILDCARD, Step, child, split_path
from rehearsal.model.values import plain


def changed_paths(old: Mapping[str, object], new: Mapping[str, object]) -> tuple[str, ...]:
    """The property paths whose values differ, down to the leaves, sorted; lists are compared element by element."""
    return tuple(sorted(_changed(plain(dict(old)), plain(dict(new)), "")))


def _changed(old: object, new: object, path: str) -> Iterator[str]:
    if isinstance(old, dict) or isinstance(new, dict):
        left = old if isinstance(old, dict) else {}
        right = new if isinstance(new, dict) else {}
        if {type(old), type(new)} <= {dict, type(None)} and (left or right):
            for key in {**left, **right}:
                yield from _changed(left.get(key), right.get(key), child(path, str(key)))
            return
    if isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            yield from _changed(
                old[index] if index < len(old) else None,
                new[index] if index < len(new) else None,
                f"{path}[{index}]",
            )
        return
    if old != new:
        yield path


def matching(paths: Iterable[str], patterns: Iterable[str]) -> tuple[str, ...]:
    """The paths that a pattern means: the pattern itself, or anything below it; `*` and `[*]` mean any step."""
    split = [split_path(pattern) for pattern in patterns]
    return tuple(path for path in paths if any(_is_within(split_path(path), pattern) for pattern in split))


def _is_within(path: tuple[Step, ...], pattern: tuple[Step, ...]) -> bool:
    return len(pattern) <= len(path) and all(
        expected in (WILDCARD, step) for expected, step in zip(pattern, path, strict=False)
    )
