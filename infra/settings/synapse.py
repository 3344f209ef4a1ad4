"""Synapse: where predictions are read from."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from infra.settings.access import Persona
from infra.settings.base import Generation, LoadingContext, Problem, SettingsModel, ZoneKey
from infra.settings.lake import Folder
from infra.settings.pipelines import Schedule

DedicatedSize = Annotated[
    str, Field(pattern=r"^DW(100|200|300|400|500|1000|1500|2000|2500|3000|5000|6000)c$")
]
"""learn.microsoft.com what-is-a-data-warehouse-unit-dwu-cdwu"""


class PauseSchedule(SettingsModel):
    """When the dedicated pool is paused; started again by hand or by another pipeline."""

    at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    """HH:MM, every day."""
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


class DedicatedPool(SettingsModel):
    """A data warehouse that bills by the hour while it is online."""

    size: DedicatedSize = "DW100c"
    pause: PauseSchedule | None = None
    """A pipeline of the data factory pauses it: ARM has no schedule of its own."""


class SparkNodeSize(StrEnum):
    """Memory-optimised: 4, 8 and 16 cores."""

    SMALL = "Small"
    MEDIUM = "Medium"
    LARGE = "Large"


class SparkPool(SettingsModel):
    """Spark as the other training engine; costs nothing while it is paused."""

    node_size: SparkNodeSize = SparkNodeSize.SMALL
    min_nodes: Annotated[int, Field(ge=3, le=200)] = 3
    max_nodes: Annotated[int, Field(ge=3, le=200)] = 10
    pause_after_minutes: Annotated[int, Field(ge=5, le=10080)] = 15
    spark_version: Annotated[str, Field(pattern=r"^\d\.\d$")] = "3.5"
    attach_to_ml: bool = False
    """As compute of the ML workspace."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.min_nodes > self.max_nodes:
            yield Problem(
                "min_nodes", f"is {self.min_nodes}, more than max_nodes {self.max_nodes}; give at most that"
            )
        if self.spark_version < "3.4":
            yield Problem(
                "spark_version", f"is {self.spark_version}, which Synapse no longer runs; give 3.4 or 3.5"
            )


class View(SettingsModel):
    """A Delta table in the lake that people read as a view."""

    zone: ZoneKey
    folder: Folder
    """Of the table: the folder that holds _delta_log."""


class Synapse(SettingsModel):
    """Serverless SQL always: it costs by what is read. Pools are opt-in."""

    generation: Generation = 1
    workspace_zone: ZoneKey = "synapse"
    """Filesystem of the workspace's own files in the lake; made with it, and no zone of it."""
    sql_administrator: Persona = Persona.PLATFORM_ADMIN
    """Whose group administers SQL; logins are Entra's only."""
    database: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,62}$")] = "predictions"
    views: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")], View] = {}
    """Name to Delta table; a script makes them, a step of the release runs it (docs/data.md)."""
    readers: list[Persona] = [Persona.ANALYST]
    """Who may read the views; a persona that the environment does without is left out."""
    dedicated_pools: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{0,14}$")], DedicatedPool] = {}
    spark_pools: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{0,14}$")], SparkPool] = {}
