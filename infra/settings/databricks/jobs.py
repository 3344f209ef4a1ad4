"""Jobs: tasks in order, on clusters of their own, started by a trigger."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from azure_facts.databricks_git import NOTEBOOK_SUFFIXES
from infra.settings.base import Email, Key, LoadingContext, Problem, SettingsModel
from infra.settings.databricks.clusters import Cluster, JarPath, Libraries
from infra.settings.databricks.git import GitSource, RepositoryPath
from infra.settings.databricks.permissions import Permissions
from infra.settings.databricks.schedules import Trigger
from infra.settings.messages import absent


class NotebookTask(SettingsModel):
    """One notebook of a git folder."""

    git_folder: Key | None = None
    """Key of the git folder that holds it. Default: the job's git_source."""
    path: RepositoryPath
    """Without extension: Databricks drops it when it checks a notebook out."""
    parameters: dict[str, str] = {}

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.path.lower().endswith(NOTEBOOK_SUFFIXES):
            yield Problem("path", f"is '{self.path}'; a notebook's path has no extension: remove it")


class PythonTask(SettingsModel):
    """One Python file of a git folder."""

    git_folder: Key | None = None
    path: Annotated[RepositoryPath, Field(pattern=r"\.py$")]
    parameters: list[str] = []


class WheelTask(SettingsModel):
    """An entry point of a Python package; the wheel itself is one of the task's libraries."""

    package: str
    entry_point: str
    parameters: list[str] = []


class JarTask(SettingsModel):
    """A main class; its JAR becomes one of the task's libraries."""

    jar: JarPath
    main_class: str
    parameters: list[str] = []


class SqlTask(SettingsModel):
    """A SQL file of a git folder, on a warehouse."""

    git_folder: Key | None = None
    path: Annotated[RepositoryPath, Field(pattern=r"\.sql$")]
    warehouse: Key
    """Key of the SQL warehouse."""
    parameters: dict[str, str] = {}


class RunJobTask(SettingsModel):
    """Another job of these settings, from its start to its end, as its own run."""

    job: Key
    """Key of the job. It keeps its clusters, warnings and timeout."""
    parameters: dict[str, str] = {}
    """Of that job; those of this job are handed down as well."""


KINDS_OF_TASK = ("notebook", "python", "wheel", "jar", "sql", "run_job")


class Task(SettingsModel):
    """One step, of one kind."""

    notebook: NotebookTask | None = None
    python: PythonTask | None = None
    wheel: WheelTask | None = None
    jar: JarTask | None = None
    sql: SqlTask | None = None
    run_job: RunJobTask | None = None
    cluster: Key | None = None
    """Key of one of the job's clusters; SQL has its warehouse instead, and another job its own clusters."""
    depends_on: list[Key] = []
    """Tasks that must have succeeded first."""
    libraries: Libraries = Libraries()
    max_retries: Annotated[int, Field(ge=0, le=5)] = 1
    timeout_minutes: Annotated[int, Field(ge=1)] | None = None

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        given = [kind for kind in KINDS_OF_TASK if getattr(self, kind) is not None]
        if len(given) != 1:
            yield Problem("notebook", f"{len(given)} kinds are given; give one of {', '.join(KINDS_OF_TASK)}")
        if self.sql is None and self.run_job is None and self.cluster is None:
            yield Problem("cluster", "is missing; without one the task would run on serverless compute")
        if self.sql is not None and self.cluster is not None:
            yield Problem("cluster", "is given on a sql task, which runs on its warehouse; remove it")
        if self.run_job is not None and self.cluster is not None:
            yield Problem("cluster", "is given on a run_job task, whose job has its own; remove it")
        if (self.sql or self.run_job) and self.libraries != Libraries():
            yield Problem(
                "libraries", "are given on a task without a cluster to install them on; remove them"
            )
        if self.wheel is not None and not self.libraries.wheels and not self.libraries.pypi:
            yield Problem("libraries", "brings no package; give the wheel under wheels, or pypi")

    @property
    def from_git(self) -> Iterator[tuple[str, NotebookTask | PythonTask | SqlTask]]:
        """Kind and step, where its code comes from git."""
        for kind, step in (("notebook", self.notebook), ("python", self.python), ("sql", self.sql)):
            if step is not None:
                yield kind, step

    @property
    def is_python(self) -> bool:
        """Whether it runs Python, and so may use MLflow."""
        return self.sql is None and self.jar is None and self.run_job is None


class BacklogMetric(StrEnum):
    """How far a stream is behind its source."""

    SECONDS = "STREAMING_BACKLOG_SECONDS"
    BYTES = "STREAMING_BACKLOG_BYTES"
    RECORDS = "STREAMING_BACKLOG_RECORDS"
    FILES = "STREAMING_BACKLOG_FILES"


Destinations = Annotated[list[Key], Field(max_length=3)]
"""At most three for each event (Databricks REST API, jobs, webhook_notifications)."""


class Job(SettingsModel):
    """Tasks, each after those it depends on, on clusters that a run makes and takes down again."""

    git_source: GitSource | None = None
    """Read anew by each run, for steps that name no git folder. Needs git_credentials of owner `jobs`."""
    clusters: dict[Key, Cluster] = {}
    tasks: Annotated[dict[Key, Task], Field(min_length=1)]
    trigger: Trigger | None = None
    parameters: dict[str, str] = {}
    """Of the job: every task can read them, and a run can be started with others. `{zone.KEY}` becomes the
    address of a zone of the lake, `{catalog.KEY}` a catalog's name in this environment."""
    warn_after_minutes: Annotated[int, Field(ge=1)] | None = None
    """A run that takes longer sends a mail to failure_emails. Default: three quarters of timeout_minutes."""
    timeout_minutes: Annotated[int, Field(ge=1)] = 120
    failure_emails: Annotated[list[Email], Field(min_length=1)] = []
    """Default: tags.owner."""
    success_emails: list[Email] = []
    failure_destinations: Destinations = []
    """Keys of notification_destinations; they also get warnings about lateness and backlog, like
    failure_emails."""
    success_destinations: Destinations = []
    backlog_limits: dict[BacklogMetric, Annotated[int, Field(ge=1)]] = {}
    """Of streams: warn when the ten-minute average is above."""
    queue: bool = True
    """A run that cannot start yet waits instead of being skipped."""
    max_concurrent_runs: Annotated[int, Field(ge=1, le=1000)] = 1
    """A run that overlaps the next one would train the same models twice."""
    permissions: Permissions = {}
    """Default, where nothing else starts the job: owner_group may view it."""

    @property
    def warns_after(self) -> int:
        """Minutes until a run is too slow."""
        return self.warn_after_minutes or max(1, self.timeout_minutes * 3 // 4)

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.warn_after_minutes is not None and self.warn_after_minutes >= self.timeout_minutes:
            yield Problem(
                "warn_after_minutes", f"comes after the timeout of {self.timeout_minutes} minutes; give fewer"
            )
        yield from self._check_clusters()
        yield from self._check_git()
        yield from self._check_order()
        if self.trigger and self.trigger.continuous and any(task.max_retries for task in self.tasks.values()):
            yield Problem(
                "trigger.continuous", "repeats failed runs itself; set max_retries: 0 on every task"
            )

        if self.trigger and self.trigger.continuous and self.max_concurrent_runs > 1:
            yield Problem(
                "max_concurrent_runs", "is above 1 on a continuous job, which is one run; leave it out"
            )
        for key in ("failure_destinations", "success_destinations"):
            named = getattr(self, key)
            if len(set(named)) < len(named):
                yield Problem(key, "names one destination twice; keep one")

    def _check_git(self) -> Iterator[Problem]:
        used = False
        for key, task in self.tasks.items():
            for kind, step in task.from_git:
                used = used or step.git_folder is None
                if step.git_folder is None and self.git_source is None:
                    yield Problem(
                        f"tasks.{key}.{kind}.git_folder",
                        "is missing; name a git folder, or give the job a git_source",
                    )
        if self.git_source and not used:
            yield Problem("git_source", "is used by no task: each names a git folder; remove one of the two")

    def _check_clusters(self) -> Iterator[Problem]:
        used = {task.cluster for task in self.tasks.values()}
        for key, task in self.tasks.items():
            if task.cluster is not None and task.cluster not in self.clusters:
                yield Problem(f"tasks.{key}.cluster", absent(task.cluster, "clusters", self.clusters))
        for key in self.clusters.keys() - used:
            yield Problem(f"clusters.{key}", "is used by no task; name it in one, or remove it")

    def _check_order(self) -> Iterator[Problem]:
        missing = False
        for key, task in self.tasks.items():
            if len(set(task.depends_on)) < len(task.depends_on):
                yield Problem(f"tasks.{key}.depends_on", "names one task twice; keep one")
            for before in task.depends_on:
                if before not in self.tasks:
                    missing = True
                    have = ", ".join(sorted(self.tasks))
                    yield Problem(f"tasks.{key}.depends_on", f"'{before}' is not a task (there: {have})")
        if missing:
            return
        try:
            TopologicalSorter({key: task.depends_on for key, task in self.tasks.items()}).prepare()
        except CycleError as error:
            way = " -> ".join(reversed(error.args[1]))
            yield Problem("tasks", f"wait for each other in a circle, {way}; remove one depends_on")
