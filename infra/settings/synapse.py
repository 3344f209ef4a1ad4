"""Synapse: where predictions are read from."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field
from typing_extensions import override

from azure_facts.reserved_objects import SPARK_DATABASE, SYSTEM_DATABASES
from azure_facts.retirement_tables.spark import SPARK_RUNTIMES
from azure_facts.retirements import RetirementKind, find_retirements
from infra.settings.access import Persona
from infra.settings.base import Generation, LoadingContext, Problem, SettingsModel, ZoneKey
from infra.settings.lake import Folder
from infra.settings.triggers import Schedule

DedicatedSize = Annotated[
    str,
    Field(pattern=r"^DW(100|200|300|400|500|1000|1500|2000|2500|3000|5000|6000|7500|10000|15000|30000)c$"),
]
"""learn.microsoft.com what-is-a-data-warehouse-unit-dwu-cdwu"""


TimeOfDay = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class PoolStep(StrEnum):
    """What a pipeline does to a pool; the word is the last of the request's path too."""

    PAUSE = "pause"
    RESUME = "resume"


def step_name(step: PoolStep, pool: str) -> str:
    """Of the pipeline in the data factory, and of its trigger."""
    return f"{step}-{pool}"


class PauseSchedule(SettingsModel):
    """When the dedicated pool is paused, and started again."""

    at: TimeOfDay
    """HH:MM, every day."""
    resume_at: TimeOfDay | None = None
    """HH:MM, every day: before the job that writes to it. None = started by hand (az synapse sql pool resume)."""
    time_zone: str
    """IANA name, such as Europe/Amsterdam."""
    start: str
    """First day, with a time: 2026-12-01T19:00:00."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        # A moment and a zone are wrong in the same ways as a trigger's.
        yield from Schedule.model_construct(time_zone=self.time_zone, start=self.start, at=[self.at]).check(
            context
        )
        if self.resume_at == self.at:
            yield Problem(
                "resume_at", f"is {self.at} as at is: the pool would be stopped and started at once"
            )

    def steps(self) -> Iterator[tuple[PoolStep, str]]:
        """What is done to the pool every day, and when."""
        yield PoolStep.PAUSE, self.at
        if self.resume_at:
            yield PoolStep.RESUME, self.resume_at


class StagingFolder(SettingsModel):
    """Where Databricks lays down files that the pool then loads (its Azure Synapse connector's tempDir)."""

    zone: ZoneKey = "predictions"
    folder: Folder = "synapse-staging"
    """The connector never clears it: name it under the zone's `landing_folders` too, with a day to delete by."""


class DedicatedPool(SettingsModel):
    """A data warehouse that bills by the hour while it is online."""

    size: DedicatedSize = "DW100c"
    pause: PauseSchedule | None = None
    """Pipelines of the data factory pause and start it: ARM has no schedule of its own."""
    writer: Annotated[str, Field(pattern=r"""^[^\[\]'"\\;]{1,128}$""")] | None = None
    """Display name of the application that batch scoring runs as (az ad sp show --id ID --query displayName): a
    script makes it a user of the pool, and SQL knows applications by name only. Needed beside databricks."""
    staging: StagingFolder = StagingFolder()
    geo_backup: bool = True
    """A daily copy of its backups in the paired region."""


NEWEST_SPARK = SPARK_RUNTIMES[-1].version


class SparkNodeSize(StrEnum):
    """Memory-optimised, from 4 cores and 32 GB to 64 cores and 432 GB (learn.microsoft.com synapse-analytics
    spark/apache-spark-pool-configurations)."""

    SMALL = "Small"
    MEDIUM = "Medium"
    LARGE = "Large"
    X_LARGE = "XLarge"
    XX_LARGE = "XXLarge"


class SparkPool(SettingsModel):
    """Spark as the other training engine; costs nothing while it is paused."""

    node_size: SparkNodeSize = SparkNodeSize.SMALL
    min_nodes: Annotated[int, Field(ge=3, le=200)] = 3
    max_nodes: Annotated[int, Field(ge=3, le=200)] = 10
    pause_after_minutes: Annotated[int, Field(ge=5, le=10080)] = 15
    spark_version: Annotated[str, Field(pattern=r"^\d\.\d$")] = NEWEST_SPARK
    """A runtime in support."""
    attach_to_ml: bool = False
    """As compute of the ML workspace, for Spark jobs that run as the training clusters' identity; with
    `prevent_exfiltration: false` only."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.min_nodes > self.max_nodes:
            yield Problem(
                "min_nodes", f"is {self.min_nodes}, more than max_nodes {self.max_nodes}; give at most that"
            )
        feature = f"synapse:BigDataPool:sparkVersion={self.spark_version}"
        retired = [
            finding
            for finding in find_retirements(RetirementKind.FEATURE, feature, context.today)
            if finding.is_past
        ]
        for finding in retired:
            yield Problem(
                "spark_version",
                f"is {self.spark_version}, out of support since {finding.retirement.retires}; give {NEWEST_SPARK}",
            )
        if not retired and self.spark_version < NEWEST_SPARK:
            yield Problem(
                "spark_version", f"is {self.spark_version}, no runtime of Synapse; give {NEWEST_SPARK}"
            )


class View(SettingsModel):
    """A Delta table in the lake that people read as a view."""

    zone: ZoneKey
    folder: Folder
    """Of the table: the folder that holds _delta_log."""


def _database(value: str) -> str:
    if value in SYSTEM_DATABASES:
        raise ValueError(
            f"'{value}' is a database of SQL Server's own ({', '.join(SYSTEM_DATABASES)}); give another name, such as "
            "predictions"
        )
    if value == SPARK_DATABASE:
        raise ValueError(
            f"'{value}' is Spark's own database, which serverless SQL shows by this name; give another, such as "
            "predictions"
        )
    return value


DatabaseName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,62}$"), AfterValidator(_database)]


class Synapse(SettingsModel):
    """Serverless SQL always: it costs by what is read. Pools are opt-in."""

    generation: Generation = 1
    workspace_zone: ZoneKey = "synapse"
    """Filesystem of the workspace's own files in the lake, and no zone of it; made with the workspace, or by the
    owner of an account that is given."""
    prevent_exfiltration: bool = True
    """Data leaves the managed network to approved targets of the tenant only; immutable: build anew with `generation`.
    Azure ML cannot use Spark pools of such a workspace."""
    sql_administrator: Persona = Persona.PLATFORM_ADMIN
    """Whose group administers SQL; logins are Entra's only."""
    database: DatabaseName = "predictions"
    views: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")], View] = {}
    """Name to Delta table; a script makes them, a step of the release runs it (docs/data.md)."""
    monthly_terabytes: Annotated[int, Field(ge=1, le=100_000)] | None = None
    """Serverless SQL refuses queries of the month beyond this; the same script sets it. None = no limit."""
    readers: list[Persona] = [Persona.ANALYST]
    """Personas that may read the views; those that the environment does not have are ignored."""
    dedicated_pools: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{0,14}$")], DedicatedPool] = {}
    spark_pools: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{0,14}$")], SparkPool] = {}
