"""Reading the inventory documents that `preview --json` writes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from rehearsal.access import AccessGrant, Described, access_grants, short_type
from rehearsal.changes.values import readable
from rehearsal.inventory import FORMAT
from rehearsal.model.errors import RehearsalError

_URN_PARTS = 4


def read_inventory(path: Path) -> Mapping[str, object]:
    """An inventory from a file. Raises `RehearsalError`: no such file, not an inventory, another format."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RehearsalError(f"{path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise RehearsalError(f"{path}: is no JSON ({error}); write it with preview --json FILE") from error
    if not isinstance(document, dict) or "resources" not in document:
        raise RehearsalError(f"{path}: is no inventory; write it with preview --json FILE")
    if document.get("format") != FORMAT:
        raise RehearsalError(f"{path}: has format {document.get('format')!r}, this version reads {FORMAT}")
    found = document["resources"]
    if not isinstance(found, list) or not all(_is_resource(item) for item in found):
        raise RehearsalError(f"{path}: is no whole inventory; write it anew with preview --json FILE")
    return document


def _is_resource(item: object) -> bool:
    if not isinstance(item, dict) or not isinstance(item.get("custom"), bool):
        return False
    told = all(isinstance(item.get(key), str) for key in ("urn", "type", "name", "id", "parent"))
    return told and str(item["urn"]).count("::") >= _URN_PARTS - 1


def resources(document: Mapping[str, object]) -> tuple[Described, ...]:
    """The described resources of an inventory, nothing secret in them."""
    return tuple(
        {str(key): readable(value) for key, value in item.items()} for item in listed(document, "resources")
    )


def grants(document: Mapping[str, object]) -> tuple[AccessGrant, ...]:
    """Who may do what, where."""
    return access_grants(resources(document))


def listed(document: Mapping[str, object], key: str) -> Iterator[Mapping[str, object]]:
    """The mappings of a list in the document."""
    found = document.get(key)
    if isinstance(found, (list, tuple)):
        yield from (item for item in found if isinstance(item, Mapping))


def text(item: Mapping[str, object], key: str) -> str:
    """A text of a mapping, empty where there is none."""
    found = item.get(key)
    return found if isinstance(found, str) else ""


def texts(item: Mapping[str, object], key: str) -> tuple[str, ...]:
    """A list of texts in a mapping."""
    found = item.get(key)
    return tuple(str(entry) for entry in found) if isinstance(found, (list, tuple)) else ()


def label(item: Described) -> str:
    """How a reader calls a resource: `storage.StorageAccount ml-storage`."""
    return f"{short_type(text(item, 'type'))} {text(item, 'name')}"
