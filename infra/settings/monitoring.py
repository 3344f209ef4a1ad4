"""Who is told what, and what starts the retraining."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from azure_facts.log_tables import callers_write
from azure_facts.retirement_tables.spark import SPARK_RUNTIMES, newest_spark
from infra.settings.base import Email, Key, LoadingContext, Problem, SettingsModel
from infra.settings.ml_compute import Cron
from infra.settings.ml_data import AssetVersion
from infra.settings.ml_jobs import AssetReference


class AvailabilityTest(SettingsModel):
    """A request every five minutes from five places outside; the address must be public."""

    url: Annotated[str, Field(pattern=r"^https?://[^/\s]+(/\S*)?$")]
    expected_status: Annotated[int, Field(ge=100, le=599)] = 200


class Retraining(SettingsModel):
    """An alert that starts a job: exactly one of `schedule` and `databricks_job`. No webhook and so no secret: a
    Logic App's identity looks for the alert."""

    schedule: Key | None = None
    """Key of `ml.schedules`; it may be switched off there, its job is started all the same."""
    databricks_job: Key | None = None
    """Key of `databricks.jobs`; started with its own parameters, beside its own trigger."""
    query: Annotated[str, Field(min_length=1)]
    """Kusto query over the environment's Log Analytics workspace, of tables that no caller of an endpoint can write:
    a service wrote the row, with the name of who acted."""
    more_than: Annotated[int, Field(ge=0)] = 0
    """The alert fires when the query finds more rows."""
    every_minutes: Annotated[int, Field(ge=5, le=1440)] = 60
    """How often, and over which time, the query looks."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if (self.schedule is None) == (self.databricks_job is None):
            given = "neither" if self.schedule is None else "both"
            yield Problem(
                "schedule", f"and databricks_job: {given} given; give the one whose job the alert starts"
            )
        for table, what in callers_write(self.query):
            yield Problem(
                "query",
                f"reads {table}: {what}. A caller of an endpoint could start a training; read a table that a "
                "service writes with the name of who acted, such as DatabricksUnityCatalog with its Identity",
            )
        # Azure REST spec monitor 2023-12-01, scheduledQueryRules evaluationFrequency
        allowed = (5, 10, 15, 30, 45, 60, 120, 180, 240, 300, 360, 1440)
        if self.every_minutes not in allowed:
            yield Problem(
                "every_minutes",
                f"is {self.every_minutes}; give one of {', '.join(str(minutes) for minutes in allowed)}",
            )


class MonitoredTask(StrEnum):
    """What the watched model does."""

    CLASSIFICATION = "Classification"
    REGRESSION = "Regression"


class ModelMonitor(SettingsModel):
    """Compares what a deployment is asked with what its model learned from."""

    endpoint: Key
    """Key of `serving.endpoints`."""
    deployment: Key
    task: MonitoredTask = MonitoredTask.REGRESSION
    cron: Cron
    reference_data: Key
    """Key of `ml.data_assets`, of kind mltable: the training data. The workspace's identity reads it: it may in
    workspaceblobstore, and elsewhere where the owner of the container lets it."""
    reference_data_version: AssetVersion
    production_data: AssetReference
    """The asset that the deployment's data collector writes."""
    drift_threshold: Annotated[float, Field(gt=0, lt=1)] = 0.1


class Monitoring(SettingsModel):
    """Alerts, availability tests and the environment's workbook. Default: none."""

    emails: Annotated[list[Email], Field(min_length=1)]
    """Members of the action group that every alert calls."""
    failed_requests_per_minute: Annotated[int, Field(ge=0)] = 1
    """Of an endpoint, on average over five minutes."""
    latency_milliseconds: Annotated[int, Field(ge=1)] = 1000
    """95th percentile of an endpoint's answers."""
    failed_jobs: Annotated[int, Field(ge=0)] = 0
    """Failed ML runs and Databricks job runs in an hour that do not raise an alert."""
    quota_percent: Annotated[int, Field(ge=1, le=100)] = 80
    node_percent: Annotated[int, Field(ge=1, le=100)] = 90
    """CPU and memory of the scoring cluster's nodes."""
    availability_tests: dict[Key, AvailabilityTest] = {}
    """More addresses; public scoring endpoints of this stack are tested without being named."""
    sensitive_changes: bool = True
    """Alert on every change to roles, custom roles, locks, diagnostics and these alerts in the subscription.
    Without it, nobody notices when somebody inside gives himself a right."""
    break_glass_accounts: list[Email] = []
    """Sign-in names of the emergency accounts: every change that they make in the subscription raises an
    alert (docs/threat-model.md says how to create and keep them)."""
    workbook: bool = True
    retraining: Retraining | None = None
    model_monitors: dict[Key, ModelMonitor] = {}

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.model_monitors and newest_spark(context.today) is None:
            last = SPARK_RUNTIMES[-1]
            yield Problem(
                "model_monitors",
                f"run on Spark, and {last.version}, the last runtime that is known here, is out of support since "
                f"{last.retires}; remove them, or take a newer release of this project",
            )
        if self.break_glass_accounts and not self.sensitive_changes:
            yield Problem(
                "break_glass_accounts", "are watched by sensitive_changes only; leave that on, or remove them"
            )
