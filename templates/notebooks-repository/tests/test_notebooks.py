"""Notebooks hold calls and nothing else, and read the parameters that the jobs give."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest
import yaml

from forecasting import names, sample_data
from forecasting.errors import ParameterError
from forecasting.notebook import begin

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
PARAMETERS = {notebook: wanted for of_job in names.NOTEBOOKS.values() for notebook, wanted in of_job.items()}
CALLS_AND_NO_MORE = (
    *(ast.Module, ast.Expr, ast.Assign, ast.Name, ast.Load, ast.Store, ast.Call, ast.Attribute, ast.keyword),
    *(ast.Constant, ast.Subscript, ast.Import, ast.ImportFrom, ast.alias),
    *(ast.BinOp, ast.Div, ast.JoinedStr, ast.FormattedValue),
)
"""No branch, loop, definition, comparison or comprehension; `/` joins a path."""


def logic(source: str) -> list[str]:
    return [
        f"line {getattr(node, 'lineno', 0)}: {type(node).__name__}"
        for node in ast.walk(ast.parse(source))
        if not isinstance(node, CALLS_AND_NO_MORE)
    ]


def test_every_notebook_of_the_jobs_is_there_and_no_other() -> None:
    assert {path.stem for path in NOTEBOOKS.glob("*.py")} == set(PARAMETERS)


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_notebook_is_in_databricks_form_and_without_logic(name: str) -> None:
    source = (NOTEBOOKS / f"{name}.py").read_text(encoding="utf-8")
    assert source.startswith("# Databricks notebook source\n")
    assert "\n# COMMAND ----------\n" in source
    assert f'begin(globals(), "{name}")' in source
    assert logic(source) == []
    documented = ast.get_docstring(ast.parse(source)) or ""
    assert f"Job parameters: {', '.join(PARAMETERS[name])}." in documented


def test_the_check_finds_logic() -> None:
    assert logic("if x:\n    y()") == ["line 1: If"]
    assert logic("print([y for y in x])") == ["line 1: ListComp", "line 0: comprehension"]


def test_parameters_that_are_missing_are_told_at_once() -> None:
    utilities = Mock()
    utilities.widgets.get.side_effect = {"landed": "abfss://raw/landing"}.__getitem__
    with pytest.raises(ParameterError, match="set_aside needs the parameters rejected"):
        begin({"dbutils": utilities, "spark": Mock()}, "set_aside")


def test_the_session_of_databricks_is_taken_whatever_its_class() -> None:
    """On a cluster that several people share, and through Databricks Connect, it is no pyspark.sql.SparkSession."""
    session = Mock()
    assert begin({"dbutils": Mock(), "spark": session}, "drift").spark is session


def test_a_plain_script_takes_them_from_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["drift.py", "features=a"])
    with pytest.raises(ParameterError, match="forecasts, model_quality, drift"):
        begin({}, "drift")


def test_a_notebook_runs_as_a_program_of_its_own(tmp_path: Path) -> None:
    landed = sample_data.land(sample_data.new_store(products=1), tmp_path / "landing")
    words = [f"landed={tmp_path / 'landing'}", f"rejected={tmp_path / 'rejected'}"]
    command = [sys.executable, "-m", "notebooks.set_aside", *words]
    subprocess.run(command, cwd=NOTEBOOKS.parent, check=True, timeout=180, capture_output=True)
    assert (tmp_path / "rejected" / landed.name).read_bytes() == landed.read_bytes()


def test_the_bundle_gives_the_same_parameters() -> None:
    bundle = yaml.safe_load((NOTEBOOKS.parent / "databricks.yml").read_text(encoding="utf-8"))
    for job in bundle["resources"]["jobs"].values():
        run = {Path(task["notebook_task"]["notebook_path"]).stem for task in job["tasks"]}
        assert run == names.NOTEBOOKS[job["name"]].keys()
        read = {parameter for parameters in names.NOTEBOOKS[job["name"]].values() for parameter in parameters}
        assert {parameter["name"] for parameter in job["parameters"]} == read
    assert list(bundle["targets"]) == ["dev"]
    assert bundle["targets"]["dev"]["mode"] == "development"
