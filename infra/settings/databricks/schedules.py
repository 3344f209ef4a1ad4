"""What starts a job: a Quartz schedule, files that arrive, tables that change, or never stopping."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from azure_facts.quartz import quartz_problem
from azure_facts.time_zones import IANA_NAMES
from infra.settings.base import LoadingContext, Problem, SettingsModel


class Schedule(SettingsModel):
    """A fixed time."""

    quartz_cron: str
    """Quartz: seconds minutes hours day-of-month month day-of-week [year], one of the days a `?`."""
    time_zone: str
    """An IANA name, for example Europe/Amsterdam."""
    paused: bool = False

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        problem = quartz_problem(self.quartz_cron)
        if problem:
            yield Problem("quartz_cron", problem.text)
        if self.time_zone not in IANA_NAMES:
            yield Problem(
                "time_zone", f"'{self.time_zone}' is not an IANA time zone, such as Europe/Amsterdam"
            )


class FileArrival(SettingsModel):
    """New files below a Unity Catalog volume or external location."""

    url: Annotated[
        str, Field(pattern=r"^(/Volumes/[^/\s]+/[^/\s]+/[^/\s]+/|abfss://[^@/\s]+@[^@/\s]+/)([^/\s]+/)*$")
    ]
    """`/Volumes/catalog/schema/volume/…/` or `abfss://container@account…/`, with a slash at the end: the service
    watches a folder."""
    minimum_seconds_between: Annotated[int, Field(ge=60)] = 60
    quiet_seconds: Annotated[int, Field(ge=60)] | None = None
    """Wait until nothing has arrived for so long."""
    paused: bool = False


class TableUpdate(SettingsModel):
    """Changed Unity Catalog tables."""

    tables: Annotated[list[Annotated[str, Field(pattern=r"^\w+\.\w+\.\w+$")]], Field(min_length=1)]
    """catalog.schema.table."""
    all_of_them: bool = False
    """Wait for every table instead of any."""
    minimum_seconds_between: Annotated[int, Field(ge=60)] = 60
    quiet_seconds: Annotated[int, Field(ge=60)] | None = None
    paused: bool = False

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if len({table.lower() for table in self.tables}) < len(self.tables):
            yield Problem("tables", "names one table twice; keep one")


class Continuous(SettingsModel):
    """One run always: as soon as it ends or fails, the next one starts."""

    paused: bool = False


class Trigger(SettingsModel):
    """One way to start; a job without a trigger is started by hand or by another tool."""

    schedule: Schedule | None = None
    file_arrival: FileArrival | None = None
    table_update: TableUpdate | None = None
    continuous: Continuous | None = None

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        given = sorted(name for name in type(self).model_fields if getattr(self, name) is not None)
        if len(given) != 1:
            yield Problem(
                "schedule",
                f"{'nothing is' if not given else ', '.join(given) + ' are'} given; give one of "
                "schedule, file_arrival, table_update and continuous",
            )
