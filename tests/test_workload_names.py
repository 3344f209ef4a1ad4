"""The stacks and the jobs' own code say the same: parameters, tables, columns, experiment, model and tags."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from infra.conventions.model_tags import CONTENT_PROPERTY, METRIC_PREFIX, MODEL_TAGS, TEST_ROWS
from infra.settings.databricks.workspace import Databricks
from infra.settings.platform import PlatformSettings
from tests.infra.stack_settings import settings_of
from tests.notebooks_template import TEMPLATE, template_module

BOTH = pytest.mark.parametrize("stack", ["dev", "prod"])


@pytest.fixture(scope="module")
def names() -> ModuleType:
    """The package's constants, which import nothing."""
    return template_module("forecasting/names.py")


def with_databricks(stack: str) -> tuple[PlatformSettings, Databricks]:
    settings = settings_of(stack)
    assert settings.databricks is not None
    return settings, settings.databricks


@BOTH
def test_a_job_gives_every_parameter_that_its_notebooks_read_and_no_other(
    stack: str, names: ModuleType
) -> None:
    _, databricks = with_databricks(stack)
    with_code = {
        key: job for key, job in databricks.jobs.items() if any(task.notebook for task in job.tasks.values())
    }
    assert with_code.keys() == names.NOTEBOOKS.keys()
    for key, job in with_code.items():
        notebooks = {Path(task.notebook.path).name for task in job.tasks.values() if task.notebook}
        assert notebooks == names.NOTEBOOKS[key].keys()
        read = {parameter for parameters in names.NOTEBOOKS[key].values() for parameter in parameters}
        assert job.parameters.keys() == read, key


@BOTH
def test_the_tables_of_the_stack_have_the_columns_that_scoring_writes(stack: str, names: ModuleType) -> None:
    _, databricks = with_databricks(stack)
    assert databricks.unity_catalog is not None
    tables = databricks.unity_catalog.catalogs["lake"].schemas["predictions"].tables
    given = databricks.jobs["score-batch"].parameters
    for parameter, columns in (
        ("forecasts", names.FORECAST_COLUMNS),
        ("model_quality", names.QUALITY_COLUMNS),
    ):
        key = given[parameter].removeprefix("{catalog.lake}.predictions.").replace("_", "-")
        assert dict(tables[key].columns) == dict(columns)


@BOTH
def test_the_views_read_the_folders_of_those_tables(stack: str) -> None:
    settings, databricks = with_databricks(stack)
    assert databricks.unity_catalog is not None
    assert settings.synapse is not None
    tables = databricks.unity_catalog.catalogs["lake"].schemas["predictions"].tables.values()
    assert {view.folder for view in settings.synapse.views.values()} == {table.path for table in tables}


@BOTH
def test_experiment_and_model_are_those_of_the_package(stack: str, names: ModuleType) -> None:
    settings, databricks = with_databricks(stack)
    given = databricks.jobs["train-many-models"].parameters
    assert given["experiment"] == names.EXPERIMENT
    assert names.EXPERIMENT in databricks.experiments
    assert given["model"] == databricks.jobs["score-batch"].parameters["model"] == names.MODEL
    assert settings.serving is not None
    assert names.MODEL in settings.serving.endpoints


@BOTH
def test_a_write_to_the_table_of_drift_is_what_the_retraining_alert_looks_for(
    stack: str, names: ModuleType
) -> None:
    settings, databricks = with_databricks(stack)
    assert databricks.jobs["score-batch"].parameters["drift"] == f"{{catalog.lake}}.{names.DRIFT_TABLE}"
    assert settings.monitoring is not None
    if settings.monitoring.retraining is not None:
        assert f'has "{names.DRIFT_TABLE}"' in (settings.monitoring.retraining.query or "")


@BOTH
def test_scoring_has_the_packages_that_the_template_is_tested_with(stack: str) -> None:
    settings, _ = with_databricks(stack)
    assert settings.ml is not None
    tested = (TEMPLATE / "requirements-test.in").read_text(encoding="utf-8").splitlines()
    packages = settings.ml.environments["demand-scoring"].pip_packages
    assert set(packages) <= set(tested)
    assert "environment: azureml:demand-scoring@latest" in (TEMPLATE / "scoring/deployment.yml").read_text()


def test_tags_and_properties_are_the_vocabulary_that_the_gate_reads(names: ModuleType) -> None:
    assert tuple(MODEL_TAGS) == names.MODEL_TAGS
    assert (names.METRIC_PREFIX, names.CONTENT_PROPERTY) == (METRIC_PREFIX, CONTENT_PROPERTY)
    assert names.TEST_ROWS == TEST_ROWS
    promotion = settings_of("prod").promotion
    assert promotion is not None
    assert promotion.gate.metric == names.ACCURACY
