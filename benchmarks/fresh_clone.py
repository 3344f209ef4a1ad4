"""From a fresh clone to a finished `make preview` of every stack: seconds, with a warm package cache (goal 60)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Clones the committed state, so what is not committed is not measured."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        git = shutil.which("git") or "git"
        before = time.perf_counter()
        subprocess.run([git, "clone", "--quiet", str(ROOT), str(clone)], check=True)
        cloned = time.perf_counter()
        subprocess.run(["make", "--silent", ".venv/.runtime"], cwd=clone, check=True, env=_environment())
        ready = time.perf_counter()
        preview = subprocess.run(
            ["make", "--silent", "preview"],
            cwd=clone,
            check=False,
            capture_output=True,
            text=True,
            env=_environment(),
        )
        done = time.perf_counter()
        if preview.returncode:
            print(preview.stdout[-2000:], preview.stderr[-2000:], file=sys.stderr)
            return 1
    print(f"clone    {cloned - before:6.1f} s")
    print(f"set up   {ready - cloned:6.1f} s")
    print(f"preview  {done - ready:6.1f} s")
    print(f"in all   {done - before:6.1f} s")
    return 0


def _environment() -> dict[str, str]:
    """Without this environment's Python, which a newcomer does not have."""
    hidden = {"VIRTUAL_ENV", "PYTHONPATH", "MAKEFLAGS", "MAKELEVEL"}
    return {name: value for name, value in os.environ.items() if name not in hidden}


if __name__ == "__main__":
    sys.exit(main())
