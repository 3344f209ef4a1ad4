"""Data Factory's pipelines: datasets and activities."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field
from typing_extensions import override

from infra.settings.base import Key, LoadingContext, Problem, SettingsModel, ZoneKey
from infra.settings.lake import Folder, stays_inside
from infra.settings.triggers import Trigger

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


WINDOW_START, WINDOW_END = "window_start", "window_end"
"""Parameters of a pipeline that a tumbling window starts; the window passes them by itself."""


class Copy(SettingsModel):
    """From one dataset to another."""

    from_dataset: Key
    to_dataset: Key
    """Files in a zone: copying into sources is not this platform's."""
    query: Text | None = None
    """Of a source's table: what is read instead of all of it."""
    window_column: Annotated[str, Field(pattern=r"^[A-Za-z_]\w*$")] | None = None
    """Column of a source's table that says in UTC when a row was written: each run copies the rows of its tumbling
    window, into one file that a second run of the window replaces. Default: the whole table, each time."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.query and self.window_column:
            yield Problem(
                "window_column", "is given beside query, which says what is read; keep one of the two"
            )


class Notebook(SettingsModel):
    """A notebook of a git folder."""

    git_folder: Key
    path: Annotated[str, Field(pattern=r"^[\w.-]+(/[\w.-]+)*$"), AfterValidator(stays_inside)]


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


MOST_STEPS = 80
"""Activities of a pipeline, those in loops and conditions included (support.fabric.microsoft.com blog, "Data Factory
increases maximum activities per pipeline to 80", which speaks for Data Factory and Synapse too)."""


class Pipeline(SettingsModel):
    """Activities in the order that `after` says."""

    description: str = ""
    parameters: dict[Annotated[str, Field(pattern=r"^[a-zA-Z]\w*$")], str] = {}
    """Name to default."""
    activities: Annotated[dict[Key, Activity], Field(min_length=1)]
    triggers: dict[Key, Trigger] = {}
    concurrency: Annotated[int, Field(ge=1, le=1000)] = 1
    """Runs at a time; later ones wait."""

    def _step_problems(self) -> Iterator[Problem]:
        """Names once, and not more of them than Data Factory takes."""
        steps = [(step, key) for key, activity in self.activities.items() for step in steps_of(key, activity)]
        owners: dict[str, str] = {}
        # Activities first: it is the step behind another that a key collides with.
        for step, key in sorted(steps, key=lambda item: item[0] != item[1]):
            other = owners.setdefault(step, key)
            if other != key:
                yield Problem(
                    f"activities.{other}",
                    f"has the name of a step behind '{key}', {step}; give it another key",
                )
        if len(steps) > MOST_STEPS:
            yield Problem(
                "activities",
                f"are {len(steps)}, with the steps behind batch endpoints (7 each) and handlers of failures (2 each); "
                f"Data Factory takes {MOST_STEPS}: make two pipelines",
            )

    @property
    def is_windowed(self) -> bool:
        """Whether something of it copies a window of time."""
        return any(item.copy_data and item.copy_data.window_column for item in self.activities.values())

    def _window_problems(self) -> Iterator[Problem]:
        for name in sorted(self.parameters.keys() & {WINDOW_START, WINDOW_END}):
            yield Problem(f"parameters.{name}", "is what a tumbling window passes by itself; remove it")
        windows = [key for key, trigger in self.triggers.items() if trigger.tumbling_window]
        for key in windows[1:] if self.is_windowed else ():
            yield Problem(
                f"triggers.{key}",
                f"is a second tumbling_window beside '{windows[0]}', and an activity copies by window_column: each row "
                "would be copied once for each of them; keep one of the two",
            )
        for key, trigger in self.triggers.items():
            if self.is_windowed and not trigger.tumbling_window:
                yield Problem(
                    f"triggers.{key}",
                    "has no window, and an activity copies by window_column; give a tumbling_window",
                )

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
        yield from self._step_problems()
        yield from self._window_problems()
        circle = _circle({key: {*item.after, *item.on_failure_of} for key, item in self.activities.items()})
        if circle:
            yield Problem("activities", f"wait for each other: {', '.join(circle)}; remove one of the waits")
        for key, trigger in self.triggers.items():
            for name in sorted(trigger.parameters.keys() - self.parameters.keys()):
                yield Problem(
                    f"triggers.{key}.parameters.{name}",
                    "is not a parameter of the pipeline; add it there or remove it",
                )


def steps_of(key: str, activity: Activity) -> tuple[str, ...]:
    """Names of what Data Factory is sent for one activity, in loops and conditions too (`infra.data.data_factory.
    activities`): a batch endpoint is called, waited for, asked once more and judged."""
    steps = [key]
    if activity.batch_endpoint:
        steps += [f"{key}-{step}" for step in ("start", "wait", "pause", "check", "result", "failed")]
    if activity.on_failure_of:
        steps.append(f"fail-after-{key}")
    return tuple(steps)


def _circle(waits: dict[str, set[str]]) -> list[str]:
    """Keys that can never start."""
    left = dict(waits)
    while free := [key for key, others in left.items() if not others & left.keys()]:
        for key in free:
            del left[key]
    return sorted(left)
