"""Tables of facts that are missing or broken are told by name."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from azure_facts.data_files import FactsError, read_csv, read_json


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that stands in for `azure_facts/data`."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setattr(resources, "files", lambda _package: tmp_path)
    return folder


def test_rows_come_by_column(tables: Path) -> None:
    (tables / "sizes.csv").write_text("name,vcpus\nStandard_D4_v5,4\n", encoding="utf-8")
    assert read_csv("sizes.csv", ("name", "vcpus")) == ({"name": "Standard_D4_v5", "vcpus": "4"},)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("name\nStandard_D4_v5\n", "sizes.csv has the columns"),
        ("name,vcpus\n", "sizes.csv is empty"),
        ("name,vcpus\nStandard_D4_v5\n", "sizes.csv has a row of another length"),
        ("name,vcpus\nStandard_D4_v5,4,5\n", "sizes.csv has a row of another length"),
    ],
)
def test_a_broken_table_is_told(tables: Path, content: str, message: str) -> None:
    (tables / "sizes.csv").write_text(content, encoding="utf-8")
    with pytest.raises(FactsError, match=message):
        read_csv("sizes.csv", ("name", "vcpus"))


@pytest.mark.usefixtures("tables")
def test_a_missing_table_is_told() -> None:
    with pytest.raises(FactsError, match=r"azure_facts/data/roles\.json cannot be read"):
        read_json("roles.json")


def test_no_json_is_told(tables: Path) -> None:
    (tables / "roles.json").write_text("{", encoding="utf-8")
    with pytest.raises(FactsError, match=r"roles\.json is no JSON"):
        read_json("roles.json")
