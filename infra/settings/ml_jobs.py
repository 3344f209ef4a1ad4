"""Jobs that the ML workspace starts by the clock: commands, pipelines, AutoML."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from infra.settings.base import Key, LoadingContext, PlainText, Problem, SettingsModel
from infra.settings.ml_compute import Cron, WindowsTimeZone
from infra.settings.ml_data import AssetVersion

AssetReference = Annotated[str, Field(pattern=r"^azureml:[a-zA-Z0-9][a-zA-Z0-9_-]*:[a-zA-Z0-9._-]+$")]
"""An asset of the workspace: azureml:NAME:VERSION."""

EnvironmentReference = Annotated[
    str, Field(pattern=r"^[a-z][a-z0-9-]*$|^azureml:[a-zA-Z0-9][a-zA-Z0-9_-]*:[a-zA-Z0-9._-]+$")
]
"""Key of `ml.environments`, or azureml:NAME:VERSION of one that the workspace already has."""


class CommandJob(SettingsModel):
    """One command in one environment."""

    command: Annotated[str, Field(min_length=1)]
    environment: EnvironmentReference
    code: AssetReference | None = None
    """A registered code asset; none where the environment's image holds the code."""
    environment_variables: dict[str, PlainText] = {}
    nodes: Annotated[int, Field(ge=1)] = 1
    timeout_minutes: Annotated[int, Field(ge=1)] = 120


class PipelineJob(SettingsModel):
    """A registered pipeline component."""

    component: AssetReference


class AutoMlTask(StrEnum):
    """What AutoML learns from a table."""

    FORECASTING = "Forecasting"
    CLASSIFICATION = "Classification"
    REGRESSION = "Regression"


_REGRESSION_METRICS = (
    "NormalizedRootMeanSquaredError",
    "R2Score",
    "NormalizedMeanAbsoluteError",
    "SpearmanCorrelation",
)
AUTOML_METRICS = {
    # Azure REST spec machinelearningservices 2025-12-01: RegressionPrimaryMetrics and its siblings
    AutoMlTask.FORECASTING: _REGRESSION_METRICS,
    AutoMlTask.REGRESSION: _REGRESSION_METRICS,
    AutoMlTask.CLASSIFICATION: (
        "AUCWeighted",
        "Accuracy",
        "NormMacroRecall",
        "AveragePrecisionScoreWeighted",
        "PrecisionScoreWeighted",
    ),
}


class ForecastHorizon(SettingsModel):
    """Facts about the series that forecasting needs."""

    time_column: str
    series_columns: list[str] = []
    """Columns that tell one series from another."""
    horizon: Annotated[int, Field(ge=1)]
    """Periods to forecast."""
    history: Annotated[int, Field(ge=2)]
    """Periods that the shortest series has; the horizon is judged by it."""

    @override
    def warn(self) -> Iterator[Problem]:
        if self.horizon * 3 > self.history:
            yield Problem(
                "horizon",
                f"is {self.horizon}, more than a third of the {self.history} periods of history; at most "
                f"{self.history // 3} leaves enough to learn from",
            )


class AutoMlJob(SettingsModel):
    """Azure ML searches for a model itself."""

    task: AutoMlTask
    training_data: Key
    """Key of `data_assets`, of kind mltable."""
    training_data_version: AssetVersion
    target_column: str
    metric: str
    timeout_minutes: Annotated[int, Field(ge=15, le=10080)]
    """No AutoML job without one: its default is six days."""
    trial_timeout_minutes: Annotated[int, Field(ge=1)] = 30
    max_trials: Annotated[int, Field(ge=1, le=1000)] = 50
    concurrent_trials: Annotated[int, Field(ge=1)] = 1
    """At most the cluster's nodes: each trial takes one."""
    exit_score: float | None = None
    """The search ends when a model is this good."""
    cross_validation_folds: Annotated[int, Field(ge=2, le=20)] | None = None
    forecast: ForecastHorizon | None = None

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        allowed = AUTOML_METRICS[self.task]
        if self.metric not in allowed:
            yield Problem(
                "metric", f"'{self.metric}' is none of {self.task}'s; give one of {', '.join(allowed)}"
            )
        if (self.task is AutoMlTask.FORECASTING) != (self.forecast is not None):
            yield Problem(
                "forecast",
                "is missing; Forecasting needs time_column, horizon and history"
                if self.forecast is None
                else f"belongs to Forecasting, and the task is {self.task}; remove it",
            )
        if self.trial_timeout_minutes > self.timeout_minutes:
            yield Problem(
                "trial_timeout_minutes",
                f"is {self.trial_timeout_minutes}, more than timeout_minutes {self.timeout_minutes}; give at most that",
            )
        if self.concurrent_trials > self.max_trials:
            yield Problem(
                "concurrent_trials", f"is more than max_trials {self.max_trials}; give at most that"
            )


class Frequency(StrEnum):
    """The unit of a recurrence."""

    MINUTE = "Minute"
    HOUR = "Hour"
    DAY = "Day"
    WEEK = "Week"
    MONTH = "Month"


class Recurrence(SettingsModel):
    """Every so many minutes, hours, days, weeks or months."""

    frequency: Frequency
    interval: Annotated[int, Field(ge=1)] = 1


class Schedule(SettingsModel):
    """When a job starts, and which."""

    cron: Cron | None = None
    recurrence: Recurrence | None = None
    time_zone: WindowsTimeZone = "UTC"
    enabled: bool = True
    """False: deployed and not started by the clock; an alert or a person may still start the job."""
    training_cluster: Key
    experiment: Annotated[str, Field(pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_-]*$")] | None = None
    """Name that runs are listed under; none = the schedule's key."""
    command: CommandJob | None = None
    pipeline: PipelineJob | None = None
    automl: AutoMlJob | None = None
    """Exactly one of the three."""
    description: str = ""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if (self.cron is None) == (self.recurrence is None):
            yield Problem("cron", "give either cron or recurrence")
        jobs = [job for job in (self.command, self.pipeline, self.automl) if job is not None]
        if len(jobs) != 1:
            yield Problem(
                "command", f"give exactly one of command, pipeline and automl; there are {len(jobs)}"
            )
