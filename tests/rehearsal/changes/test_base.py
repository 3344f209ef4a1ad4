"""The environment that a base is rehearsed in."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from rehearsal.changes import base as module
from rehearsal.changes.base import ENVIRONMENTS, LOCK, python_for
from rehearsal.model.errors import RehearsalError


@pytest.fixture
def both(tmp_path: Path) -> tuple[Path, Path]:
    """Base and head, each with its lock."""
    folders = tmp_path / "base", tmp_path / "head"
    for folder in folders:
        folder.mkdir()
        (folder / LOCK).write_text("# nothing\n")
    return folders


def test_the_same_lock_needs_no_other_environment(both: tuple[Path, Path]) -> None:
    assert python_for(*both) == Path(sys.executable)


def test_a_base_without_a_lock_runs_in_this_environment(both: tuple[Path, Path]) -> None:
    (both[0] / LOCK).unlink()
    assert python_for(*both) == Path(sys.executable)


def test_another_lock_gets_an_environment_of_its_own_once(both: tuple[Path, Path]) -> None:
    (both[0] / LOCK).write_text("# nothing, in other words\n")
    python = python_for(*both)
    assert python.is_relative_to(both[1] / ENVIRONMENTS)
    asked = [str(python), "-c", "import sys; print(sys.prefix)"]
    prefix = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=60).stdout.strip()
    assert Path(prefix) == python.parents[1]
    built = python.stat().st_ctime_ns
    assert python_for(*both) == python
    assert python.stat().st_ctime_ns == built


def test_an_environment_that_cannot_be_built_is_said_and_not_kept(both: tuple[Path, Path]) -> None:
    (both[0] / LOCK).write_text("this is no requirement\n")
    with pytest.raises(RehearsalError, match=r"^the base's environment: .* failed:\n"):
        python_for(*both)
    assert list((both[1] / ENVIRONMENTS).iterdir()) == []


def test_an_interrupted_build_leaves_no_half_environment(
    both: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(command: Sequence[str]) -> None:
        (Path(command[-1]) / "bin").mkdir(parents=True)
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_run", interrupted)
    (both[0] / LOCK).write_text("# nothing, in other words\n")
    with pytest.raises(KeyboardInterrupt):
        python_for(*both)
    assert list((both[1] / ENVIRONMENTS).iterdir()) == []
