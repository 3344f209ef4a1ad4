"""GUIDs as Azure and Entra write them."""

from __future__ import annotations

import re

GUID_PATTERN = r"[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
"""8-4-4-4-12 hexadecimal digits, for use inside a longer pattern."""

_GUID = re.compile(GUID_PATTERN)


def is_guid(text: str) -> bool:
    """Whether the whole text is a GUID, in either case."""
    return _GUID.fullmatch(text) is not None
