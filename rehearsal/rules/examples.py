"""What the cases of rules are made of: correct declarations with one thing changed."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from rehearsal.model.paths import split_path
from rehearsal.rules.example_azure import AZURE_EXAMPLES
from rehearsal.rules.example_databricks import DATABRICKS_EXAMPLES
from rehearsal.rules.rule import Declared

REMOVE = object()
"""As a changed value: leaves the property out."""

_EXAMPLES: Mapping[str, Mapping[str, object]] = {**AZURE_EXAMPLES, **DATABRICKS_EXAMPLES}


def declare(
    token: str,
    changes: Mapping[str, object] | None = None,
    *,
    name: str = "subject",
    provider: str = "",
    depends_on: tuple[str, ...] = (),
    protect: bool = False,
    replace_on_changes: tuple[str, ...] = (),
) -> Declared:
    """The example of a type with the properties at some paths changed, added or removed (`REMOVE`)."""
    inputs = copy.deepcopy(dict(_EXAMPLES[token]))
    for path, value in (changes or {}).items():
        _put(inputs, list(split_path(path)), value)
    return Declared(token, inputs, name, provider, depends_on, protect, replace_on_changes)


def _put(target: object, steps: list[str | int], value: object) -> None:
    step, *rest = steps
    if isinstance(target, list) and isinstance(step, int):
        if rest:
            _put(target[step], rest, value)
        else:
            target[step] = value
        return
    if not isinstance(target, dict):
        raise TypeError(f"no property {step!r} in a {type(target).__name__}")
    if rest:
        _put(target.setdefault(step, {}), rest, value)
    elif value is REMOVE:
        target.pop(step, None)
    else:
        target[step] = value
