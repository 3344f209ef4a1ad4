"""Which Python the engine's language host starts, and what it finds there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from rehearsal.engine.language_host import environment_of, runtime_of, variables
from tests.rehearsal.engine.conftest import ROOT


def virtual_environment(folder: Path, *, pip: bool) -> Path:
    packages = folder / "lib" / "python3.11" / "site-packages"
    packages.mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text("")
    if pip:
        (packages / "pip").mkdir()
    return folder


def test_the_environment_that_the_project_names_is_taken_where_it_is_there(tmp_path: Path) -> None:
    settings = {"runtime": {"name": "python", "options": {"virtualenv": "venv"}}}
    assert environment_of(settings, tmp_path) != tmp_path / "venv"
    own = virtual_environment(tmp_path / "venv", pip=True)
    assert environment_of(settings, tmp_path) == own
    assert runtime_of(own) == {"name": "python", "options": {"toolchain": "pip", "virtualenv": str(own)}}
    assert runtime_of(None) == {"name": "python", "options": {"toolchain": "pip"}}


def test_this_python_comes_first_on_path() -> None:
    assert variables(None)["PATH"].split(os.pathsep)[0] == str(Path(sys.executable).parent)


@pytest.mark.parametrize("pip", [True, False])
def test_where_pip_is_missing_its_list_of_packages_is_given(
    *, pip: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/of/the/user")
    given = variables(virtual_environment(tmp_path, pip=pip)).get("PYTHONPATH", "")
    assert given.endswith(f"without_pip{os.pathsep}/of/the/user") is not pip


def test_the_list_is_what_the_language_host_asks_for() -> None:
    folder = ROOT / "rehearsal" / "engine" / "without_pip"
    command = [sys.executable, "-m", "pip"]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    listed = subprocess.run(
        [*command, "list", "--format", "json"], env=environment, capture_output=True, check=True, timeout=60
    )
    found = {item["name"]: item["version"] for item in json.loads(listed.stdout)}
    for package in ("pulumi", "pulumi-azure-native", "pulumi-databricks"):
        assert found.get(package, found.get(package.replace("-", "_"))) == version(package)
    refused = subprocess.run(
        [*command, "install", "x"], env=environment, capture_output=True, check=False, timeout=60
    )
    assert refused.returncode == 1
    assert b"this environment has no pip" in refused.stderr


def test_every_environment_of_ours_gets_pip() -> None:
    for name in ("requirements.txt", "requirements-preflight.txt", "requirements-dev.txt"):
        assert "\npip==" in (ROOT / name).read_text(), name
