"""The digest of a model's files: the same for the same files, wherever they were downloaded to.

    python -m infra.promotion.content --folder candidate --document candidate.json

Adds `content` to the document. The training job computes the same digest before it registers the model, and writes it
as the property `content.sha256` (templates/notebooks-repository/forecasting/model_content.py).
Exit code 2: no such files, or what is no document.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from infra.promotion.evidence import UnreadableError, read_document

WRITTEN_BY_DOWNLOADS = "registered_model_meta"
"""MLflow adds this file, with name and version, beside the MLmodel of what it downloads from a registry
(github.com/mlflow/mlflow mlflow/store/artifact/models_artifact_repo.py, _add_registered_model_meta_file, read
2026-11-30)."""

_CHUNK = 1 << 20


def content_digest(folder: Path) -> str:
    """Of every file below the folder: its bytes and its path. Raises UnreadableError.

    Folders that hold one folder and nothing else do not count: the tools put the files into different ones.
    """
    root = model_root(folder)
    paths = sorted(path for path in root.rglob("*") if path.is_symlink() or not path.is_dir())
    lines: list[str] = []
    for path in paths:
        name = path.relative_to(root).as_posix()
        if path.is_symlink() or not path.is_file():
            raise UnreadableError(f"{path}: is no plain file, and what it points at could change")
        if name != WRITTEN_BY_DOWNLOADS:
            lines.append(f"{_file_digest(path)}  {name}\n")
    if not lines:
        raise UnreadableError(f"{folder}: holds no file of a model")
    return hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()


def model_root(folder: Path) -> Path:
    """The first folder below which there is more than one folder. Raises UnreadableError: no such folder."""
    if not folder.is_dir():
        raise UnreadableError(f"{folder}: is no folder")
    inside = list(folder.iterdir())
    while len(inside) == 1 and inside[0].is_dir() and not inside[0].is_symlink():
        folder = inside[0]
        inside = list(folder.iterdir())
    return folder


def _file_digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """Add the digest to the document and print it."""
    parser = argparse.ArgumentParser(prog="content", description="The digest of a model's files.")
    parser.add_argument("--folder", required=True, type=Path, help="what was downloaded")
    parser.add_argument("--document", required=True, type=Path, help="what az ml model show printed")
    options = parser.parse_args(arguments)
    try:
        document = read_document(options.document)
        if not isinstance(document, Mapping):
            raise UnreadableError(f"{options.document}: is no model")
        digest = content_digest(options.folder)
    except UnreadableError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    options.document.write_text(
        json.dumps({**document, "content": digest}, indent=2) + "\n", encoding="utf-8"
    )
    sys.stdout.write(f"{digest}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
