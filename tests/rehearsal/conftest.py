"""Small foreign programs, written to a temporary folder and rehearsed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Project = Callable[..., Path]

PROJECT_FILE = "name: sample\nruntime: python\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Writes a project: `project(program, dev="config: …", prod=…, files={"network.py": …})`."""

    def write(
        program: str, *, yaml: str = PROJECT_FILE, files: dict[str, str] | None = None, **stacks: str
    ) -> Path:
        folder = tmp_path / "project"
        folder.mkdir(exist_ok=True)
        (folder / "Pulumi.yaml").write_text(yaml)
        (folder / "__main__.py").write_text(program)
        for stack, content in (stacks or {"dev": "config: {}\n"}).items():
            (folder / f"Pulumi.{stack}.yaml").write_text(content)
        for name, content in (files or {}).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        return folder

    return write
