"""The distribution, built from a copy of the checkout, and the two environments that it is installed into."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("azure_facts", "pulumi_stack_files", "rehearsal")
BUILD_SECONDS = 300


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A command in an environment without this project on its path."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=BUILD_SECONDS,
        check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(cwd)},
    )


def copy_of_sources(folder: Path) -> Path:
    """What git tracks, and what it does not ignore, of what the distribution is built from."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    wanted = (*(f"{package}/" for package in PACKAGES), "pyproject.toml", "LICENSE")
    for name in listed.stdout.split("\0"):
        if name.startswith(wanted) and (ROOT / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target)
    return folder


def build_sdist(sources: Path, into: Path) -> Path:
    """The source distribution, unpacked."""
    into.mkdir()
    built = run(
        sys.executable,
        "-c",
        f"from setuptools import build_meta; build_meta.build_sdist({str(into)!r})",
        cwd=sources,
    )
    assert built.returncode == 0, built.stderr
    (archive,) = into.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(into, filter="data")
    archive.unlink()
    (folder,) = into.iterdir()
    return folder


def build_wheel(sources: Path, into: Path) -> Path:
    """The wheel that is built from these sources."""
    built = run(
        *(sys.executable, "-m", "pip", "wheel", "--disable-pip-version-check", "--no-deps", "--no-index"),
        *("--no-build-isolation", "--wheel-dir", into, sources),
        cwd=sources,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = into.glob("*.whl")
    return wheel


@pytest.fixture(scope="session")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("distribution")
    return build_sdist(copy_of_sources(folder / "sources"), folder / "sdist")


@pytest.fixture(scope="session")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the source distribution, as installers build it where there is no wheel."""
    return build_wheel(sdist, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session", params=["oldest", "newest"])
def environment(
    request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The `bin` folder of an environment with the packages of one end of the ranges, and the wheel.

    Each test process has an environment of its own that borrows the packages. Two processes that install the wheel into
    one place at once remove each other's files.
    """
    packages = ROOT / ".tools" / str(request.param)
    assert (packages / ".ready").is_file(), (
        f"no environment {packages}: make {packages.relative_to(ROOT)}/.ready"
    )
    folder = tmp_path_factory.mktemp("environment")
    made = run(packages / "bin/python", "-m", "venv", "--without-pip", folder, cwd=folder)
    assert made.returncode == 0, made.stderr
    (borrowed,) = packages.glob("lib/python*/site-packages")
    (folder / borrowed.relative_to(packages) / "borrowed.pth").write_text(f"{borrowed}\n", encoding="utf-8")
    installed = run(
        *(sys.executable, "-m", "pip", "--python", folder / "bin/python", "install", "--quiet"),
        *("--disable-pip-version-check", "--no-index", "--no-deps", wheel),
        cwd=tmp_path_factory.mktemp("install"),
    )
    assert installed.returncode == 0, installed.stderr
    return folder / "bin"
