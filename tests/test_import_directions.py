"""The arrows: the ground floor knows nothing of ours, rehearsal and infra only it, policies the conventions too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GROUND_FLOOR = ("azure_facts", "pulumi_stack_files")
OWN_PACKAGES = (*GROUND_FLOOR, "bootstrap", "infra", "pipelines", "policies", "rehearsal")


def imported_modules(source: str) -> Iterator[str]:
    """Every module that a file imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def forbidden_imports(package: str, source: str) -> list[str]:
    """The imports of a file of `package` that cross a border."""
    allowed = {
        "azure_facts": ("azure_facts",),
        "pulumi_stack_files": ("pulumi_stack_files",),
        # Conventions need no package, as the bootstrap has none.
        "bootstrap": ("bootstrap", "infra.conventions", "azure_facts"),
        "infra": ("infra", *GROUND_FLOOR),
        "pipelines": ("pipelines",),
        "rehearsal": ("rehearsal", *GROUND_FLOOR),
        "policies": ("policies", "infra.conventions", *GROUND_FLOOR),
    }
    return [
        module
        for module in imported_modules(source)
        if module.split(".")[0] in OWN_PACKAGES
        and not any(module == name or module.startswith(f"{name}.") for name in allowed[package])
    ]


@pytest.mark.parametrize("package", OWN_PACKAGES)
def test_a_package_stays_within_its_borders(package: str) -> None:
    files = list((ROOT / package).rglob("*.py"))
    assert files
    crossings = {
        str(path.relative_to(ROOT)): found
        for path in files
        if (found := forbidden_imports(package, path.read_text(encoding="utf-8")))
    }
    assert crossings == {}


@pytest.mark.parametrize(
    ("package", "source", "expected"),
    [
        ("rehearsal", "def f():\n    from infra.conventions import tags", ["infra.conventions.tags"]),
        ("rehearsal", "from azure_facts import regions", []),
        ("azure_facts", "import rehearsal.run", ["rehearsal.run"]),
        ("infra", "import rehearsal.run", ["rehearsal.run"]),
        ("policies", "from infra.ml import workspace", ["infra.ml.workspace"]),
        (
            "policies",
            "from infra.conventions.tags import REQUIRED_TAGS\nfrom infra.access import table",
            ["infra.access.table"],
        ),
    ],
)
def test_a_crossing_is_found(package: str, source: str, expected: list[str]) -> None:
    assert forbidden_imports(package, source) == expected


def test_the_program_reads_like_a_table_of_contents() -> None:
    lines = [line for line in (ROOT / "__main__.py").read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(lines) <= 12


@pytest.mark.parametrize("package", GROUND_FLOOR)
def test_the_ground_floor_does_without_pulumi(package: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {module}"
        for path in (ROOT / package).rglob("*.py")
        for module in imported_modules(path.read_text(encoding="utf-8"))
        if module.split(".")[0].startswith("pulumi") and module.split(".")[0] != "pulumi_stack_files"
    ]
    assert found == []


def test_the_model_stands_on_no_other_room_of_the_rehearsal() -> None:
    crossings = {
        str(path.relative_to(ROOT)): found
        for path in (ROOT / "rehearsal/model").rglob("*.py")
        if (
            found := [
                module
                for module in imported_modules(path.read_text(encoding="utf-8"))
                if module.startswith("rehearsal.") and not module.startswith("rehearsal.model")
            ]
        )
    }
    assert crossings == {}
