"""The digest of a model's files, which the training job registers with the model.

Files in the workspace's storage can be written after a model was registered; what a model carries as a
property cannot be changed. So the promotion's gate compares the files with the property:

    properties={"content.sha256": content_digest(Path(local_model)), "metric.accuracy": "0.86", ...}

The platform computes it in the same way (infra/promotion/content.py there).
"""

import hashlib
from pathlib import Path


def content_digest(folder: Path) -> str:
    """Of every file below the folder: its bytes and its path."""
    inside = list(folder.iterdir())
    while len(inside) == 1 and inside[0].is_dir():
        folder = inside[0]
        inside = list(folder.iterdir())
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    files.pop("registered_model_meta", None)
    lines = sorted(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n" for name, path in files.items()
    )
    if not lines:
        raise ValueError(f"{folder} holds no file of a model")
    return hashlib.sha256("".join(lines).encode()).hexdigest()
