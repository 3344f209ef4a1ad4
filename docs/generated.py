"""Writing generated files, or comparing them with what is there."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def write_or_compare(files: Mapping[str, str], *, check: bool) -> int:
    """Writes those that are stale, by their paths in the project; with `check` shows what differs, and returns 1."""
    stale = 0
    for name, content in files.items():
        path = ROOT / name
        current = path.read_text(encoding="utf-8") if path.exists() else ""
        if current == content:
            continue
        stale += 1
        if check:
            print(f"{name} is not fresh; run `make docs`", file=sys.stderr)
            difference = difflib.unified_diff(current.splitlines(), content.splitlines(), name, "fresh", n=1)
            print("\n".join(list(difference)[:20]), file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
            print(f"wrote {name}")
    return 1 if check and stale else 0
