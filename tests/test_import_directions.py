"""The three arrows: rehearsal knows nothing of infra, infra nothing of rehearsal, policies only the conventions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OWN_PACKAGES = ("infra", "rehearsal", "policies")


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
        "infra": ("infra",),
        "rehearsal": ("rehearsal",),
        "policies": ("policies", "infra.conventions"),
    }
    return [
        module
        for module in imported_modules(source)
        if module.split(".")[0] in OWN_PACKAGES
        and not any(module == name or module.startswith(f"{name}.") for name in allowed[package])
    ]


@pytest.mark.parametrize(
    "package", [name for name in OWN_PACKAGES if name != "policies" or (ROOT / name).exists()]
)
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
