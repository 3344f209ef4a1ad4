"""A folder of exported files: written whole, without what an earlier export left there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from rehearsal.inventory import write_atomically
from rehearsal.model.errors import RehearsalError

FORMAT = 1
"""Of the manifest: raised when its readers would have to change."""

MANIFEST = "manifest.json"
"""Written last: a folder without it holds no complete export. Its `files` are the names of all files beside it."""

_OWN_KEYS = frozenset({"format", "stack", "resources", "leftOut", "files"})
"""What tells the manifest of an export from other people's files of this name."""


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Writes the files, takes away those of the last export that this one does not have, and leaves every other file
    alone. Raises `OSError`, and `RehearsalError` where the folder has a manifest that no export wrote."""
    old = _listed(folder / MANIFEST)
    (folder / MANIFEST).unlink(missing_ok=True)
    for name in sorted(files.keys() - {MANIFEST}):
        write_atomically(folder / name, files[name])
    for name in old - files.keys():
        (folder / name).unlink(missing_ok=True)
    write_atomically(folder / MANIFEST, files[MANIFEST])


def _listed(manifest: Path) -> set[str]:
    try:
        content = json.loads(manifest.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return set()
    except ValueError:
        content = None
    if not isinstance(content, dict) or not content.keys() >= _OWN_KEYS:
        raise RehearsalError(f"{manifest} is no manifest of an export; choose another folder with --output")
    listed = content["files"]
    names = listed if isinstance(listed, list) else []
    return {each for each in names if isinstance(each, str) and Path(each).name == each}
