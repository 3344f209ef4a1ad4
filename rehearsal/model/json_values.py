"""How an optional text, list or object is read out of JSON values.

For a document whose shape must be right, `json_reader` names the place of what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping

from rehearsal.model.paths import walk
from rehearsal.model.values import MASK, UNKNOWN_TEXT, Json, JsonObject, masked_text
from rehearsal.model.wire import SECRET_SIGNATURE, SIGNATURE_KEY, UNKNOWN_SENTINEL


def text_at(values: object, path: str) -> str:
    """The text at a property path, empty where there is none."""
    found = walk(values, path)
    return found if isinstance(found, str) else ""


def texts_at(values: object, path: str) -> list[str]:
    """The list at a property path as texts, empty where there is none."""
    found = walk(values, path)
    return [str(entry) for entry in found] if isinstance(found, list) else []


def object_at(values: object, path: str) -> JsonObject:
    """The object at a property path, empty where there is none."""
    found = walk(values, path)
    return found if isinstance(found, dict) else {}


def objects_at(values: object, path: str) -> list[JsonObject]:
    """The objects in the list at a property path; an absent list is empty."""
    found = walk(values, path)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def all_texts(value: object) -> set[str]:
    """Every text in the value, at any depth."""
    if isinstance(value, Mapping):
        return {text for entry in value.values() for text in all_texts(entry)}
    if isinstance(value, list):
        return {text for entry in value for text in all_texts(entry)}
    return {value} if isinstance(value, str) else set()


def readable(value: Json) -> Json:
    """The value of a document as it may be shown: secrets of every form masked, and `[unknown]` in the place of the
    GUID by which the engine means "not known yet", which a reader could take for a real one."""
    if isinstance(value, str):
        # Half of a surrogate pair, which JSON may hold, could not be written to any file.
        whole = value.encode("utf-8", "replace").decode()
        return UNKNOWN_TEXT if whole == UNKNOWN_SENTINEL else masked_text(whole)
    if isinstance(value, dict):
        if value.get(SIGNATURE_KEY) == SECRET_SIGNATURE:
            return MASK
        return {key: readable(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [readable(entry) for entry in value]
    return value
