"""Data Factory's pipelines: datasets, activities, and what starts them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from infra.conventions.time_zones import WINDOWS_TIME_ZONES
from infra.settings.base import Key, LoadingContext, Problem, SettingsModel, ZoneKey
from infra.settings.lake import Folder

Text = Annotated[str, Field(min_length=1, max_length=1000)]


class FileFormat(StrEnum):
    """How files in a zone are written; Delta tables are the jobs' business."""

    PARQUET = "parquet"
    CSV = "csv"
    JSON = "json"


class Dataset(SettingsModel):
    """Files in a folder of a zone, or a table of a source."""

    zone: ZoneKey | None = None
    folder: Folder | None = None
    file_format: FileFormat = FileFormat.PARQUET
    source: Key | None = None
    """Key of `sources`."""
    table: Annotated[str, Field(pattern=r"^[\w$-]+(\.[\w$-]+)?$")] | None = None
    """SCHEMA.TABLE, or a Cosmos DB container."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        files, table = (self.zone, self.folder), (self.source, self.table)
        if any(files) == any(table):
            yield Problem("zone", "give either zone and folder, or source and table")
        elif any(files) and not all(files):
            yield Problem("folder" if self.zone else "zone", "is missing; files lie in a folder of a zone")
        elif any(table) and not all(table):
            yield Problem("table" if self.source else "source", "is missing; a table is one of a source")


class Copy(SettingsModel):
    """From one dataset to another."""

    from_dataset: Key
    to_dataset: Key
    """Files in a zone: copying into sources is not this platform's."""
    query: Text | None = None
    """Of a source's table: what is read instead of all of it."""


class Notebook(SettingsModel):
    """A notebook of a git folder."""

    git_folder: Key
    path: Annotated[str, Field(pattern=r"^[\w.-]+(/[\w.-]+)*$")]


class PythonFile(SettingsModel):
    """A Python file that clusters can read."""

    file: Annotated[str, Field(pattern=r"^(dbfs:/|/Volumes/|/Workspace/)\S+\.py$")]
    arguments: list[str] = []


class Jar(SettingsModel):
    """A class of a JAR."""

    jar: Annotated[str, Field(pattern=r"^(dbfs:/|/Volumes/|/Workspace/)\S+\.jar$")]
    main_class: Text
    arguments: list[str] = []


ACTIVITY_KINDS = (
    *("copy_data", "databricks_job", "notebook", "python", "jar"),
    *("batch_endpoint", "synapse_views"),
)


class Activity(SettingsModel):
    """One step of a pipeline: exactly one of copy_data, databricks_job, notebook, python, jar, batch_endpoint,
    synapse_views."""

    copy_data: Copy | None = None
    databricks_job: Key | None = None
    """Key of `databricks.jobs`, run with the job's own clusters, identity and limits."""
    notebook: Notebook | None = None
    python: PythonFile | None = None
    jar: Jar | None = None
    batch_endpoint: Key | None = None
    """Key of `serving.batch_endpoints`: called with the factory's identity, and waited for."""
    synapse_views: bool | None = None
    """Makes and replaces the views of `synapse.views`, after a job that wrote the tables under them."""
    azureml_pipeline: str | None = None
    """Refused: the activity of that kind starts SDK v1 pipelines only."""
    parameters: dict[str, str] = {}
    """Of a job, a notebook or a batch endpoint's inputs, where an address (azureml://…, https://…) is a folder and
    anything else a literal; may hold expressions such as @trigger().startTime."""
    after: list[Key] = []
    """Activities that must have succeeded."""
    on_failure_of: list[Key] = []
    """The activity that must have failed: this one cleans up, and the run still counts as failed."""
    timeout_minutes: Annotated[int, Field(ge=1, le=10080)] = 120
    retries: Annotated[int, Field(ge=0, le=10)] = 0

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.azureml_pipeline is not None:
            yield Problem(
                "azureml_pipeline",
                "starts SDK v1 pipelines only, which Azure ML has not supported since 2026-06-30; deploy the "
                "pipeline to a batch endpoint and give batch_endpoint",
            )
        kinds = [kind for kind in ACTIVITY_KINDS if getattr(self, kind) is not None]
        if len(kinds) != 1 and self.azureml_pipeline is None:
            given = " and ".join(kinds) or "nothing"
            yield Problem("copy_data", f"{given} to do; give exactly one of {', '.join(ACTIVITY_KINDS)}")
        if self.synapse_views is False:
            yield Problem("synapse_views", "is false, which is nothing to do; set it to true, or remove it")
        if len(self.on_failure_of) > 1:
            yield Problem(
                "on_failure_of",
                f"names {', '.join(self.on_failure_of)}, and Data Factory would wait until all of them failed; give "
                "each an activity of its own",
            )
        for key in sorted(set(self.after) & set(self.on_failure_of)):
            yield Problem("on_failure_of", f"names '{key}', which after names too; it cannot do both")

    @property
    def needs_cluster(self) -> bool:
        """Whether it runs on a cluster that Data Factory asks Databricks for."""
        return any((self.notebook, self.python, self.jar))


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
        elif self.time_zone not in WINDOWS_TIME_ZONES:
            yield Problem(
                "time_zone",
                f"'{self.time_zone}' is not one that this platform translates for Data Factory; give one of "
                f"{', '.join(WINDOWS_TIME_ZONES)}",
            )
        yield from _moment("start", self.start)
        if self.at and self.every not in (Recurrence.DAY, Recurrence.WEEK, Recurrence.MONTH):
            yield Problem("at", f"is given with every: {self.every}; times of day need day, week or month")
        if len({time.partition(":")[2] for time in self.at}) > 1:
            yield Problem(
                "at",
                "has different minutes, of which Data Factory would fire every combination; use two triggers",
            )


class TumblingWindow(SettingsModel):
    """Windows of time, one after the other, each run once: in UTC, always."""

    every_minutes: Annotated[int, Field(ge=5, le=43200)]
    start: str
    """Start of the first window, in UTC: 2026-12-01T00:00:00."""
    delay_minutes: Annotated[int, Field(ge=0, le=1440)] = 0
    """How long after a window's end its run waits for late data."""
    max_concurrency: Annotated[int, Field(ge=1, le=50)] = 1
    retries: Annotated[int, Field(ge=0, le=10)] = 0
    """Of the whole run, for a window whose run failed."""
    retry_after_seconds: Annotated[int, Field(ge=30, le=86400)] = 300
    waits_for_previous: bool = False
    """A window's run starts only once the run of the window before it has succeeded."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        yield from _moment("start", self.start)
        if self.waits_for_previous and self.max_concurrency > 1:
            yield Problem(
                "max_concurrency",
                f"is {self.max_concurrency}, and windows wait for each other (waits_for_previous); give 1",
            )


class StorageEvent(SettingsModel):
    """A file that was written to a folder of a zone."""

    zone: ZoneKey
    folder: Folder
    suffix: Annotated[str, Field(pattern=r"^[\w.-]+$")] | None = None
    """Ending of the file's name, such as .csv or _SUCCESS."""


class Trigger(SettingsModel):
    """What starts a pipeline: exactly one of schedule, tumbling_window, storage_event."""

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


class Pipeline(SettingsModel):
    """Activities in the order that `after` says."""

    description: str = ""
    parameters: dict[Annotated[str, Field(pattern=r"^[a-zA-Z]\w*$")], str] = {}
    """Name to default."""
    activities: Annotated[dict[Key, Activity], Field(min_length=1, max_length=40)]
    triggers: dict[Key, Trigger] = {}
    concurrency: Annotated[int, Field(ge=1, le=1000)] = 1
    """Runs at a time; later ones wait."""

    @property
    def needs_databricks(self) -> bool:
        """Whether something of it runs there."""
        return any(item.needs_cluster or item.databricks_job for item in self.activities.values())

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        for key, activity in self.activities.items():
            for place, named in (("after", activity.after), ("on_failure_of", activity.on_failure_of)):
                for other in named:
                    if other not in self.activities or other == key:
                        have = ", ".join(sorted(self.activities.keys() - {key})) or "none"
                        yield Problem(
                            f"activities.{key}.{place}", f"'{other}' is not another activity (there: {have})"
                        )
        circle = _circle({key: {*item.after, *item.on_failure_of} for key, item in self.activities.items()})
        if circle:
            yield Problem("activities", f"wait for each other: {', '.join(circle)}; remove one of the waits")
        for key, trigger in self.triggers.items():
            for name in sorted(trigger.parameters.keys() - self.parameters.keys()):
                yield Problem(
                    f"triggers.{key}.parameters.{name}",
                    "is no parameter of the pipeline; add it there or remove it",
                )


def _circle(waits: dict[str, set[str]]) -> list[str]:
    """Keys that can never start."""
    left = dict(waits)
    while free := [key for key, others in left.items() if not others & left.keys()]:
        for key in free:
            del left[key]
    return sorted(left)


def _moment(path: str, text: str) -> Iterator[Problem]:
    right = "give a moment without an offset, such as 2026-12-01T03:00:00"
    try:
        datetime.strptime(text, "%Y-%m-%dT%H:%M:%S")  # the time zone is a setting of its own
    except ValueError:
        ends = re.search(r"(Z|[+-]\d\d:\d\d)$", text)
        yield Problem(path, f"'{text}' has an offset; {right}" if ends else f"'{text}' is no moment; {right}")
