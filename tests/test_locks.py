"""What Renovate needs to update what is pinned, and that all of it is pinned."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = sorted(ROOT.glob("requirements*.txt"))
RENOVATE = json.loads((ROOT / "renovate.json").read_text(encoding="utf-8"))

COMMAND = re.compile(r"^(?:#.*?\r?\n)+# {4}(?P<command>\S*)(?P<arguments> .*?)?\r?\n")
"""As Renovate finds it (renovatebot/renovate lib/modules/manager/pip-compile/common.ts, read 2026-11-30)."""
KNOWN = {
    "--generate-hashes",
    "--universal",
    "--python-version",
    "--resolution",
    "--extra",
    "--output-file",
}
"""Of the options that it takes for uv, those that are used here; any other stops it."""


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_begins_with_the_command_that_writes_it(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    found = COMMAND.match(text)
    assert found is not None
    assert found["command"] == "uv"
    words = found["arguments"].split()
    assert words[:2] == ["pip", "compile"]
    options = [word for word in words if word.startswith("-")]
    assert {option.partition("=")[0] for option in options} <= KNOWN
    with_value = [option for option in options if option not in ("--generate-hashes", "--universal")]
    assert all("=" in option for option in with_value)
    assert f"--output-file={lock.name}" in options
    sources = [word for word in words[2:] if not word.startswith("-")]
    assert sources
    assert all((ROOT / source).is_file() for source in sources)


def test_make_lock_runs_the_same_commands() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (common,) = re.findall(r"^LOCK = \$\(UV\) (pip compile .+)$", makefile, re.MULTILINE)
    run = {
        f"uv {common} {rest}"
        for rest in re.findall(r"^\t\$\(LOCK\) (.+) > /dev/null$", makefile, re.MULTILINE)
    }
    written = {path.read_text(encoding="utf-8").splitlines()[1].removeprefix("#    ") for path in LOCKS}
    assert run == written


def test_every_package_of_a_lock_has_its_hash_and_no_index() -> None:
    for lock in LOCKS:
        text = re.sub(r"^#.*\n", "", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
        packages = re.split(r"\n(?=\S)", text.strip())
        assert all("--hash=sha256:" in package for package in packages), lock.name
        assert "://" not in text


def test_extensions_of_az_are_pinned_each_to_one_version() -> None:
    files = [
        *ROOT.glob("infra/**/*.sh"),
        *ROOT.glob(".azuredevops/*.yml"),
        *ROOT.glob(".github/workflows/*.yml"),
    ]
    added = [
        found for path in files for found in re.findall(r"az extension add (.+)", path.read_text("utf-8"))
    ]
    assert len(added) == 4
    pinned = {re.fullmatch(r"--name ([\w-]+) --version ([\d.]+) --yes", one) for one in added}
    assert None not in pinned
    assert len({found[1] for found in pinned if found}) == len({found.groups() for found in pinned if found})


NOTEBOOKS = ROOT / "templates/notebooks-repository"


@pytest.mark.parametrize("lock", sorted(NOTEBOOKS.glob("requirements*.txt")), ids=lambda path: path.name)
def test_notebooks_requirements_are_locked_with_hashes(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert f"--output-file={lock.name} {lock.stem}.in" in text
    packages = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).strip())
    assert all("--hash=sha256:" in package for package in packages)
    assert "://" not in text
    wanted = [
        line for line in lock.with_suffix(".in").read_text("utf-8").splitlines() if not line.startswith("#")
    ]
    asked = [re.sub(r"\[.*\]", "", line) for line in wanted]
    assert asked
    assert all(any(package.startswith(f"{line} ") for package in packages) for line in asked), asked
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(
        rf"\$\(NOTEBOOKS_LOCK\) --python-version=3\.1[12] --output-file={lock.name} {lock.stem}\.in", makefile
    )


@pytest.mark.parametrize("path", [".github/workflows/pull-request.yml", ".azuredevops/pull-request.yml"])
def test_notebooks_pipelines_install_by_hash_alone(path: str) -> None:
    installs = re.findall(r"pip install (.+)", (NOTEBOOKS / path).read_text("utf-8"))
    assert len(installs) == 2
    assert all("--require-hashes" in one for one in installs)


PINNED = {
    "Makefile": "uv",
    ".github/workflows/deploy.yml": "pulumi",
    ".azuredevops/steps.yml": "pulumi",
    "infra/promotion/copy_model.sh": "ml",
    ".azuredevops/promote.yml": "azure-devops",
    "Pulumi.dev.yaml": "image",
}


@pytest.mark.parametrize("path", PINNED, ids=PINNED.get)
def test_renovate_finds_what_is_pinned_outside_of_locks(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    found = [
        re.search(re.sub(r"\(\?<", "(?P<", string), text)
        for manager in RENOVATE["customManagers"]
        if any(re.search(pattern.strip("/"), path) for pattern in manager["managerFilePatterns"])
        for string in manager["matchStrings"]
    ]
    assert any(one is not None for one in found)


def test_renovate_reads_the_digest_of_an_image_that_has_one() -> None:
    [manager] = [one for one in RENOVATE["customManagers"] if one["datasourceTemplate"] == "docker"]
    [string] = manager["matchStrings"]
    line = f"image: mcr.microsoft.com/azureml/base:20250601.v1@sha256:{'0' * 64}"
    found = re.search(re.sub(r"\(\?<", "(?P<", string), line)
    assert found is not None
    assert found["currentValue"] == "20250601.v1"
    assert found["currentDigest"] == f"sha256:{'0' * 64}"


def test_every_lock_but_the_oldest_is_renovated() -> None:
    pattern, _ = RENOVATE["pip-compile"]["managerFilePatterns"]
    matched = {path.name for path in LOCKS if re.search(pattern.strip("/"), path.name)}
    assert {path.name for path in LOCKS} - matched == {"requirements-oldest.txt"}
