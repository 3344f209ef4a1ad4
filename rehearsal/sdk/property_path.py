"""Pulumi's property paths: `sku.name`, `agentPoolProfiles[0].vmSize`, `tags["cost.center"]`, `rules[*].port`.

Read as the engine reads them (pulumi `sdk/go/common/resource/property_path.go`, `ParsePropertyPath`).
"""

from __future__ import annotations

import re

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
