"""The make targets that pipelines run with the real engine, run here with a stand-in for its CLI."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
EVENTS = ROOT / "tests/data/engine/event_log_preview.jsonl"

STAND_IN = """#!/bin/sh
echo "$*" >> calls
case "$1" in
  login) exit "${LOGIN:-0}" ;;
  preview)
    [ "$PULUMI_DEBUG_COMMANDS" = true ] || { echo "unknown flag: --event-log" >&2; exit 2; }
    for last; do :; done
    cp "$EVENTS" "$last"
    exit "${PREVIEW:-0}" ;;
esac
"""
"""The last argument is the event log's file, and a flag that only debugging CLIs know."""


def run_target(folder: Path, target: str, **environment: str) -> subprocess.CompletedProcess[str]:
    fake = folder / "bin" / "pulumi"
    fake.parent.mkdir(exist_ok=True)
    fake.write_text(STAND_IN)
    fake.chmod(0o755)
    make = shutil.which("make")
    assert make is not None
    return subprocess.run(
        [
            make,
            f"--file={ROOT / 'Makefile'}",
            "--old-file=.venv/.runtime",
            f"BIN={Path(sys.executable).parent}",
            target,
            "STACK=dev",
            "POLICY_PACK_CONFIG=policies/nonprod.json",
        ],
        cwd=folder,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
            "PATH": f"{fake.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "EVENTS": str(EVENTS),
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(autouse=True)
def made(tmp_path: Path) -> None:
    """What `--old-file` needs to be there."""
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv/.runtime").touch()


def written(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in (folder / ".rehearsal").iterdir()}


def test_a_real_preview_leaves_its_report_and_no_event_log(tmp_path: Path) -> None:
    ran = run_target(tmp_path, "real-preview")
    assert ran.returncode == 0, ran.stderr
    files = written(tmp_path)
    assert sorted(files) == ["real-preview-dev.code", "real-preview-dev.md"]
    assert files["real-preview-dev.code"] == "0\n"
    assert "### dev" in files["real-preview-dev.md"]
    calls = (tmp_path / "calls").read_text().splitlines()
    assert calls[:2] == ["login", "stack select dev"]
    assert calls[2].startswith("preview --policy-pack policies --policy-pack-config policies/nonprod.json ")


@pytest.mark.parametrize("code", ["7", "255"])
def test_drift_fails_with_the_engines_code_beside_the_report(tmp_path: Path, code: str) -> None:
    ran = run_target(tmp_path, "drift", PREVIEW=code)
    assert ran.returncode == 2  # make's own, for any failure
    assert written(tmp_path)["drift-dev.code"] == f"{code}\n"
    call = (tmp_path / "calls").read_text().splitlines()[2]
    assert call.startswith("preview --refresh --expect-no-changes ")


def test_without_a_sign_in_there_is_neither_code_nor_report_of_an_earlier_run(tmp_path: Path) -> None:
    folder = tmp_path / ".rehearsal"
    folder.mkdir()
    (folder / "drift-dev.code").write_text("0")
    assert run_target(tmp_path, "drift", LOGIN="1").returncode == 2
    assert written(tmp_path) == {}
