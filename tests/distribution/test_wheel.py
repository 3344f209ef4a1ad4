"""The rehearsal as others install it: the wheel alone, beside the oldest and the newest SDKs that it works with, on a
program that has folders of the same names as this project's."""

from __future__ import annotations

import json
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from tests.distribution.conftest import PACKAGES, build_sdist, build_wheel, copy_of_sources, run

FOREIGN_PROGRAM = Path(__file__).parent / "foreign_program"


def files_of(folder: Path) -> set[str]:
    """The files of the distribution's packages, data included."""
    return {
        str(path.relative_to(folder))
        for package in PACKAGES
        for path in (folder / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def files_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as packed:
        return {name for name in packed.namelist() if name.startswith(PACKAGES)}


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The foreign program, outside this repository."""
    return Path(shutil.copytree(FOREIGN_PROGRAM, tmp_path / "program"))


def test_the_sources_and_the_wheel_hold_every_file(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    expected = files_of(copy_of_sources(tmp_path))
    assert {name for name in expected if not name.endswith(".py")}, "there is data to lose"
    assert files_of(sdist) == expected
    assert files_in(wheel) == expected


def test_a_wheel_without_its_data_is_noticed(tmp_path: Path) -> None:
    sources = copy_of_sources(tmp_path / "sources")
    declaration = sources / "pyproject.toml"
    text = declaration.read_text(encoding="utf-8")
    start = text.index("[tool.setuptools.package-data]")
    end = text.index("\n[", start + 1)
    declaration.write_text(text[:start] + text[end:], encoding="utf-8")
    wheel = build_wheel(build_sdist(sources, tmp_path / "sdist"), tmp_path / "wheel")
    lost = files_of(sources) - files_in(wheel)
    assert "rehearsal/page/style.css" in lost
    assert "rehearsal/engine/without_pip/pip.py" in lost


def test_its_requirements_hold(environment: Path, tmp_path: Path) -> None:
    checked = run(
        *(sys.executable, "-m", "pip", "--python", environment / "python", "check"),
        "--disable-pip-version-check",
        cwd=tmp_path,
    )
    assert checked.returncode == 0, checked.stdout


def test_it_tells_its_version(environment: Path, tmp_path: Path) -> None:
    assert run(environment / "rehearsal", "--version", cwd=tmp_path).stdout.startswith("rehearsal 0.")


def test_a_foreign_program_is_rehearsed(environment: Path, program: Path) -> None:
    inventory = program.parent / "inventory.json"
    done = run(
        *(environment / "rehearsal", "preview", "--project", program, "--json", inventory), cwd=program.parent
    )
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "shop-data/dev: clean"), (
        done.stdout + done.stderr
    )
    assert "rg-shopdata-dev of shop-platform@example.com" in done.stderr
    document = json.loads(inventory.read_text(encoding="utf-8"))
    assert document["counts"] == {
        "azure-native:resources:ResourceGroup": 1,
        "azure-native:storage:BlobContainer": 1,
        "azure-native:storage:StorageAccount": 1,
        "databricks:index/cluster:Cluster": 1,
        "pulumi:providers:databricks": 1,
    }
    assert document["outputs"]["tenant"] == "88888888-8888-8888-8888-888888888888"


def test_what_azure_would_refuse_is_refused(environment: Path, program: Path) -> None:
    main = program / "__main__.py"
    text = main.read_text(encoding="utf-8").replace("azure.storage.MinimumTlsVersion.TLS1_2", '"TLS9"')
    main.write_text(text.replace('container_name="raw"', 'container_name="Raw_"'), encoding="utf-8")
    done = run(environment / "rehearsal", "preview", "--project", program, cwd=program.parent)
    assert done.returncode == 4, done.stdout + done.stderr
    assert "minimumTlsVersion" in done.stdout
    assert "containerName" in done.stdout


def test_a_page_is_written_from_the_inventory(environment: Path, program: Path) -> None:
    folder = program.parent
    run(environment / "rehearsal", "preview", "--project", program, "--json", folder / "dev.json", cwd=folder)
    done = run(environment / "rehearsal", "report", "dev.json", "--output", "report", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "rg-shopdata-dev" in (folder / "report/dev.html").read_text(encoding="utf-8")


def test_tables_are_drawn_with_the_oldest_and_the_newest_rich(environment: Path, tmp_path: Path) -> None:
    code = (
        "from rehearsal.tables import table; print('\\n'.join(table(['a', 'b'], [['1', '[x]']], width=80)))"
    )
    done = run(environment / "python", "-c", code, cwd=tmp_path)
    heading, line, row = done.stdout.splitlines() or ["", "", done.stderr]
    assert (heading, set(line.strip()), row) == ("  a     b", {"─"}, "  1     [x]")
