"""Cases of a rule as one base and one change each: only what the rule looks at differs."""

from __future__ import annotations

import copy
import dataclasses
import re
from collections.abc import Mapping
from typing import Final

from policies.frame.rule import Properties, Sample

REMOVED: Final = object()
"""As a changed value: the property is left out."""

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def changed(base: Properties, changes: Mapping[str, object]) -> Properties:
    """A copy of the base with other values at some paths, such as `rules[0].access`; a last step may be new.

    Raises `KeyError`, `IndexError` or `TypeError` where the base has no place for a value.
    """
    copied = copy.deepcopy(dict(base))
    for path, value in changes.items():
        steps = [int(index) if index else name for name, index in _STEP.findall(path)]
        _put(copied, steps, value)
    return copied


def changed_sample(base: Sample, changes: Mapping[str, object]) -> Sample:
    """One resource of a stack with other values at some paths of its inputs."""
    return dataclasses.replace(base, props=changed(base.props, changes))


def _put(target: object, steps: list[str | int], value: object) -> None:
    step, *rest = steps
    if isinstance(target, list) and isinstance(step, int):
        if rest:
            _put(target[step], rest, value)
        else:
            target[step] = value
    elif isinstance(target, dict):
        if rest:
            _put(target[step], rest, value)
        elif value is REMOVED:
            del target[step]
        else:
            target[step] = value
    else:
        raise TypeError(f"no property {step!r} in a {type(target).__name__}")
