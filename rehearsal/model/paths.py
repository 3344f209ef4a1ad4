"""Pulumi's property paths: `sku.name`, `agentPoolProfiles[0].vmSize`, `tags["cost.center"]`, `rules[*].port`.

Read as the engine reads them (pulumi `sdk/go/common/resource/property_path.go`, `ParsePropertyPath`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from rehearsal.model.values import UNKNOWN, Secret

Step = str | int
WILDCARD = "*"

_PLAIN_KEY = re.compile(r"[A-Za-z_$][\w$]*")
_STEP = re.compile(
    r"""
    \.?                                      # the engine skips dots, one before a name is the rule
    (?:
        \["(?P<quoted>(?:\\"|[^"])*)"\]      # ["any key"], \" for a quote in it
      | \[(?P<index>\d+)\]
      | \[(?P<wildcard>\*)\]
      | (?P<name>[^.\[\]"]+)
    )
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=4096)
def parse(path: str) -> tuple[Step, ...]:
    """The steps of a path; `*` and `[*]` are `WILDCARD`. Raises `ValueError` where the path cannot be read."""
    steps: list[Step] = []
    position = 0
    while position < len(path):
        match = _STEP.match(path, position)
        if match is None:
            raise ValueError(f"it cannot be read from '{path[position:]}' on")
        position = match.end()
        if match["index"] is not None:
            steps.append(int(match["index"]))
        elif match["quoted"] is not None:
            steps.append(match["quoted"].replace('\\"', '"'))
        else:
            steps.append(match["wildcard"] or match["name"])
    if not steps:
        raise ValueError("it is empty")
    return tuple(steps)


def write(steps: tuple[Step, ...]) -> str:
    """The inverse of `parse`, with `[*]` for a wildcard below the first step."""
    path = ""
    for step in steps:
        if isinstance(step, int):
            path = item(path, step)
        elif step == WILDCARD:
            path = f"{path}[*]" if path else WILDCARD
        else:
            path = child(path, step)
    return path


def child(path: str, key: str) -> str:
    """The path of a property or map key below `path`."""
    if not _PLAIN_KEY.fullmatch(key):
        quoted = key.replace('"', '\\"')
        return f'{path}["{quoted}"]'
    return f"{path}.{key}" if path else key


def item(path: str, index: int) -> str:
    """The path of a list's item."""
    return f"{path}[{index}]"


def split_path(path: str) -> tuple[Step, ...]:
    """`a.b[0]["k.v"]` as ("a", "b", 0, "k.v"); no steps for an empty path. Raises `ValueError` as `parse` does."""
    return parse(path) if path else ()


def walk(values: object, path: str) -> object:
    """The value at a property path, None where there is none. Looks through secret marks."""
    return follow(values, split_path(path))


def follow(values: object, steps: Sequence[Step]) -> object:
    """The value after these steps, None where there is none. Looks through secret marks."""
    here = values
    for step in steps:
        if isinstance(here, Secret):
            here = here.value
        if isinstance(here, Mapping) and isinstance(step, str):
            here = here.get(step)
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            return UNKNOWN if here is UNKNOWN else None
    return here.value if isinstance(here, Secret) else here


def strings(value: object, path: str = "") -> Iterator[tuple[str, str, bool]]:
    """Every string in the value as (property path, text, whether it is marked as a secret)."""
    yield from _strings(value, path, secret=False)


def _strings(value: object, path: str, *, secret: bool) -> Iterator[tuple[str, str, bool]]:
    if isinstance(value, str):
        yield path, value, secret
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _strings(below, child(path, str(key)), secret=secret)
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _strings(below, item(path, index), secret=secret)
    elif isinstance(value, Secret):
        yield from _strings(value.value, path, secret=True)
