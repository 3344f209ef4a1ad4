"""Settings that have another name now are read for one major version, with a warning."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from infra.settings.load import load_config
from infra.settings.renamed import RENAMED, Renamed, translated
from pulumi_stack_files.stack_file import read_stack_file
from tests.infra.platforms import TODAY
from tests.reference_platform import stack_file

ROOT = Path(__file__).parents[3]
TABLE = (Renamed("ml.old", "ml.workspace.new", since="0.2.0", until="1.0.0"),)


def test_an_old_name_is_read_and_warned_about() -> None:
    found = translated({"ml": {"old": 3, "kept": 1}}, TABLE)
    assert found.values == {"ml": {"kept": 1, "workspace": {"new": 3}}}
    assert [(one.path, one.message) for one in found.warnings] == [
        ("ml.old", "is now ml.workspace.new; the old name is read until release 1.0.0: rename it")
    ]
    assert found.problems == ()


def test_both_names_are_refused() -> None:
    found = translated({"ml": {"old": 3, "workspace": {"new": 4}}}, TABLE)
    assert [one.message for one in found.problems] == [
        "is now ml.workspace.new, which is given too; remove this one"
    ]
    assert found.warnings == ()


@pytest.mark.parametrize("values", [{}, {"ml": None}, {"ml": {"workspace": {"new": 1}}}, {"ml": ["old"]}])
def test_without_the_old_name_nothing_changes(values: dict[str, object]) -> None:
    assert translated(values, TABLE).values is values


def test_what_is_in_the_way_is_refused() -> None:
    found = translated({"ml": {"old": 3, "workspace": "text"}}, TABLE)
    assert [one.message for one in found.problems] == ["is now ml.workspace.new; give it there"]


def test_the_values_that_were_given_stay_as_they_were() -> None:
    values = {"ml": {"old": 3}}
    translated(values, TABLE)
    assert values == {"ml": {"old": 3}}


def test_a_stack_file_with_an_old_name_loads_with_a_warning() -> None:
    account = "12345678-1234-4234-8234-123456789012"
    config = read_stack_file(stack_file("dev"), "mlplatform")
    databricks = config["mlplatform:databricks"]
    assert isinstance(databricks, dict)
    without = {key: value for key, value in databricks.items() if key != "account_id"}
    databricks = {**without, "network_connectivity": {"account_id": account}}
    loaded = load_config(
        {**config, "mlplatform:databricks": databricks}, stack="dev", source="test", today=TODAY
    )
    assert loaded.settings.databricks is not None
    assert loaded.settings.databricks.account_id == account
    assert [one for one in loaded.warnings if "network_connectivity.account_id" in one] == [
        "mlplatform:databricks.network_connectivity.account_id: is now databricks.account_id; the old name is read "
        "until release 1.0.0: rename it"
    ]


def test_no_row_outlives_its_release() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    major = int(version.split(".")[0])
    assert [one.old for one in RENAMED if major >= int(one.until.split(".")[0])] == []
