"""Property values as short, masked JSON texts."""

from __future__ import annotations

import json

from rehearsal.monitor.registration import walk
from rehearsal.values import MASK, SECRET_SIGNATURE, SIGNATURE_KEY, UNKNOWN_SENTINEL, masked_text

UNKNOWN_TEXT = "[unknown]"


def shown(value: object) -> str | None:
    """The value as one line of JSON; None for nothing."""
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


def shown_at(values: object, path: str) -> str | None:
    """The value at a property path."""
    return shown(walk(values, path))


def is_unknown(value: object) -> bool:
    """Whether only the deployment can say what the value is."""
    if isinstance(value, dict):
        return any(is_unknown(item) for item in value.values())
    if isinstance(value, list):
        return any(is_unknown(item) for item in value)
    return value == UNKNOWN_TEXT


def readable(value: object) -> object:
    """The value of a document as it may be shown: secrets of every form masked, and in the place of the GUID by which
    the engine means "not known yet", which somebody could take for a real one, the word."""
    if isinstance(value, str):
        return UNKNOWN_TEXT if value == UNKNOWN_SENTINEL else masked_text(value)
    if isinstance(value, dict):
        if value.get(SIGNATURE_KEY) == SECRET_SIGNATURE:
            return MASK
        return {str(key): readable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [readable(item) for item in value]
    return value
