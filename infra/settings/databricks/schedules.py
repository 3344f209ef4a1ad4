"""What starts a job: a Quartz schedule, files that arrive, tables that change, or never stopping."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import Field
from typing_extensions import override

from infra.settings.base import LoadingContext, Problem, SettingsModel

_QUARTZ_FIELD = r"[0-9A-Z*?/,\-#LW]+"

_QUARTZ_RANGES = (
    ("seconds", 0, 59, ()),
    ("minutes", 0, 59, ()),
    ("hours", 0, 23, ()),
    ("day-of-month", 1, 31, ("L", "W", "LW")),
    ("month", 1, 12, ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
    ("day-of-week", 1, 7, ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "L")),
    ("year", 1970, 2099, ()),
)
"""Field, lowest and highest number, and the words it knows (Quartz CronTrigger tutorial)."""


def quartz_problem(expression: str) -> str | None:
    """What is wrong with a Quartz cron expression, or None.

    Quartz has 6 or 7 fields and wants `?` in exactly one of day-of-month and day-of-week
    (Quartz CronTrigger tutorial); a five-field Unix expression is the usual mistake.
    """
    fields = expression.split()
    example = "for example '0 0 3 * * ?' for 03:00 every day"
    if len(fields) not in (6, 7):
        return f"'{expression}' has {len(fields)} fields; Quartz takes 6 or 7, seconds first: {example}"
    if not all(re.fullmatch(_QUARTZ_FIELD, text) for text in fields):
        return f"'{expression}' has a character that Quartz does not know: {example}"
    if (fields[3] == "?") == (fields[5] == "?"):
        return f"'{expression}' needs '?' in exactly one of day-of-month and day-of-week: {example}"
    for text, (name, low, high, words) in zip(fields, _QUARTZ_RANGES, strict=False):
        for number in re.findall(r"\d+", re.sub(r"/\d+", "", text)):
            if not low <= int(number) <= high:
                return f"'{expression}' has {number} where {low} to {high} is possible: {example}"
        for word in re.findall(r"[A-Z]+", text):
            if word not in words:
                return f"'{expression}' has '{word}' as {name}, which Quartz does not know there: {example}"
        if re.search(r"/(0|\D|$)", text):
            return f"'{expression}' has a step '/' without a number above 0 as {name}: {example}"
    return None


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
            yield Problem("quartz_cron", problem)
        if self.time_zone not in available_timezones():
            yield Problem(
                "time_zone", f"'{self.time_zone}' is not an IANA time zone, such as Europe/Amsterdam"
            )


class FileArrival(SettingsModel):
    """New files below a Unity Catalog volume or external location."""

    url: Annotated[str, Field(pattern=r"^(/Volumes/|abfss://).*/$")]
    """Ends with a slash: the service watches a folder."""
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
        given = sorted(self.model_fields_set)
        if len(given) != 1:
            yield Problem(
                "schedule",
                f"{'nothing is' if not given else ', '.join(given) + ' are'} given; give one of "
                "schedule, file_arrival, table_update and continuous",
            )
