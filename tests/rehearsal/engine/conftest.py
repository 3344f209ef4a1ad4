"""A project, and a stand-in for the Pulumi CLI on PATH."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
RECORDED_EVENTS = ROOT / "tests" / "data" / "engine" / "event_log_preview.jsonl"


class StandIn:
    """What the stand-in was called with."""

    def __init__(self, notes: Path) -> None:
        self._notes = notes

    @property
    def notes(self) -> list[dict[str, Any]]:
        if not self._notes.exists():
            return []
        # The last line may be half written while the engine runs.
        lines = self._notes.read_text().splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n")]

    @property
    def commands(self) -> list[list[str]]:
        return [note["arguments"] for note in self.notes if "arguments" in note]

    def environment(self, command: str) -> Mapping[str, str]:
        return next(note["environment"] for note in self.notes if note.get("arguments", [""])[0] == command)

    def folder(self, command: str) -> Path:
        return Path(next(note["folder"] for note in self.notes if note.get("arguments", [""])[0] == command))


@pytest.fixture(autouse=True)
def _no_types(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test with the stand-in checks inputs, so the SDK's types need not be imported for it."""
    monkeypatch.setattr("rehearsal.provider.server._load_types", lambda: None)


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Puts it first on PATH; behaviours are set through `STAND_IN_…` variables."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "pulumi"
    # `-S`: most of a short command's time would go into looking for installed packages.
    script.write_text(
        "#!/bin/sh\n"
        '[ "$1" = version ] && { echo "${STAND_IN_VERSION:-v3.260.0}"; exit 0; }\n'
        f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -S "{HERE}/pulumi_stand_in.py" "$@"\n'
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("STAND_IN_NOTES", str(tmp_path / "notes.jsonl"))
    return StandIn(tmp_path / "notes.jsonl")


@pytest.fixture
def sample(tmp_path: Path) -> Callable[..., Path]:
    """Writes a project whose program is never run: the stand-in runs none."""

    def write(yaml: str = "name: sample\nruntime: python\n", dev: str = "config: {}\n") -> Path:
        folder = tmp_path / "project"
        folder.mkdir(exist_ok=True)
        (folder / "Pulumi.yaml").write_text(yaml)
        (folder / "__main__.py").write_text("raise AssertionError('nobody runs this')\n")
        (folder / "Pulumi.dev.yaml").write_text(dev)
        return folder

    return write


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests marked `engine` run where there is a CLI, and say so where there is none."""
    if item.get_closest_marker("engine") and shutil.which("pulumi") is None:
        pytest.skip("no `pulumi` on PATH: install the Pulumi CLI 3.260 or later to run the real engine")
