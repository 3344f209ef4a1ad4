"""How an answer of a service is read, whatever its shape."""

from __future__ import annotations

from collections.abc import Mapping

JsonMap = Mapping[str, object]


def mapping(value: object) -> JsonMap:
    """The value where it is a map, else an empty one."""
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> list[JsonMap]:
    """The maps in the value where it is a list, else none."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text(value: object) -> str:
    """The value where it is text, else an empty one."""
    return value if isinstance(value, str) else ""
