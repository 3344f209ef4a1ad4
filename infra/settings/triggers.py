"""What starts a pipeline of Data Factory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from azure_facts.time_zones import IANA_TO_WINDOWS
from infra.settings.base import Key, LoadingContext, Problem, SettingsModel, ZoneKey
from infra.settings.lake import Folder


class Recurrence(StrEnum):
    """How often a schedule fires."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Schedule(SettingsModel):
    """By the clock of a place."""

    every: Recurrence = Recurrence.DAY
    interval: Annotated[int, Field(ge=1, le=1000)] = 1
    time_zone: str | None = None
    """IANA name, such as Europe/Amsterdam; it follows daylight saving time."""
    start: str
    """First moment, as that place's clocks say it: 2026-12-01T03:00:00."""
    at: list[Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]] = []
    """Times of day, HH:MM; all with one minute, as Data Factory combines hours with minutes."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.time_zone is None:
            yield Problem("time_zone", "is missing; give an IANA name such as Europe/Amsterdam, or UTC")
        elif self.time_zone not in IANA_TO_WINDOWS:
            yield Problem(
                "time_zone",
                f"'{self.time_zone}' is not an IANA name that has a name of Windows, which Data Factory takes; give "
                "one such as Europe/Amsterdam",
            )
        yield from _moment("start", self.start)
        if self.at and self.every not in (Recurrence.DAY, Recurrence.WEEK, Recurrence.MONTH):
            yield Problem("at", f"is given with every: {self.every}; times of day need day, week or month")
        if len({time.partition(":")[2] for time in self.at}) > 1:
            yield Problem(
                "at",
                "has different minutes, of which Data Factory would fire every combination; use two triggers",
            )


class OtherWindow(SettingsModel):
    """Windows of another tumbling-window trigger that must have succeeded."""

    pipeline: Key
    trigger: Key
    offset_minutes: Annotated[int, Field(ge=-525600, le=525600)] = 0
    """From the start of one's own window to the start of what is waited for; below 0 = earlier."""
    size_minutes: Annotated[int, Field(ge=5, le=525600)] | None = None
    """The length of the window to wait for. Default: that of the own window."""


class TumblingWindow(SettingsModel):
    """Windows of time, one after the other, each run once: in UTC, always."""

    every_minutes: Annotated[int, Field(ge=5, le=43200)]
    """Cannot change once the trigger is there: another value makes it anew, and windows count from its start again."""
    start: str
    """Start of the first window, in UTC: 2026-12-01T00:00:00."""
    delay_minutes: Annotated[int, Field(ge=0, le=1440)] = 0
    """The time after a window's end that its run waits for late data."""
    max_concurrency: Annotated[int, Field(ge=1, le=50)] = 1
    retries: Annotated[int, Field(ge=0, le=10)] = 0
    """Of the whole run, for a window whose run failed."""
    retry_after_seconds: Annotated[int, Field(ge=30, le=86400)] = 300
    waits_for_previous: bool = False
    """A window's run starts only once the run of the window before it has succeeded."""
    waits_for: dict[Key, OtherWindow] = {}
    """By a name of your own: windows of other triggers that come first."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        yield from _moment("start", self.start)
        if self.waits_for_previous and self.max_concurrency > 1:
            yield Problem(
                "max_concurrency",
                f"is {self.max_concurrency}, and windows wait for each other (waits_for_previous); give 1",
            )


EMPTY_MARKER = "_SUCCESS"
"""What Spark writes, empty, when all files of a folder are there."""


class StorageEvent(SettingsModel):
    """A file that was written to a folder of a zone."""

    zone: ZoneKey
    folder: Folder
    suffix: Annotated[str, Field(pattern=r"^[\w.-]+$")] | None = None
    """Ending of the file's name, such as .csv or _SUCCESS."""
    ignore_empty: bool = True
    """A folder is an empty file to Data Factory, and so is one that was opened and not yet written. A marker such as
    Spark's _SUCCESS is empty too: false with it."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.ignore_empty and (self.suffix or "").endswith(EMPTY_MARKER):
            yield Problem(
                "ignore_empty",
                f"is true with suffix {self.suffix}, a marker of 0 bytes: it would never fire; set it to false",
            )


class Trigger(SettingsModel):
    """The trigger of a pipeline: exactly one of schedule, tumbling_window, storage_event."""

    schedule: Schedule | None = None
    tumbling_window: TumblingWindow | None = None
    storage_event: StorageEvent | None = None
    running: bool = True
    """Whether the release's last step starts it: Azure creates every trigger stopped."""
    parameters: dict[str, str] = {}
    """Of the pipeline; may hold expressions such as @trigger().outputs.windowStartTime."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        kinds = ("schedule", "tumbling_window", "storage_event")
        if sum(getattr(self, kind) is not None for kind in kinds) != 1:
            yield Problem("schedule", f"give exactly one of {', '.join(kinds)}")


def _moment(path: str, text: str) -> Iterator[Problem]:
    right = "give a moment without an offset, such as 2026-12-01T03:00:00"
    try:
        datetime.strptime(text, "%Y-%m-%dT%H:%M:%S")  # the time zone is a setting of its own
    except ValueError:
        ends = re.search(r"(Z|[+-]\d\d:\d\d)$", text)
        yield Problem(
            path, f"'{text}' has an offset; {right}" if ends else f"'{text}' is not a time; {right}"
        )
