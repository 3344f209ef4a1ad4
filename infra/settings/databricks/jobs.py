"""Jobs: tasks in order, on clusters of their own, started by a trigger."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from infra.settings.base import Email, Key, LoadingContext, Problem, SettingsModel
from infra.settings.databricks.clusters import Cluster, JarPath, Libraries
from infra.settings.databricks.permissions import Permissions
from infra.settings.databricks.schedules import Trigger

RepositoryPath = Annotated[str, Field(pattern=r"^[^/\s]\S*$")]
"""Path in the repository, without a leading slash."""


class NotebookTask(SettingsModel):
    """One notebook of a git folder."""

    git_folder: Key
    """Key of the git folder that holds it."""
    path: RepositoryPath
    """Without extension: Databricks drops it when it checks a notebook out."""
    parameters: dict[str, str] = {}

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.path.endswith((".py", ".ipynb", ".sql", ".scala", ".r")):
            yield Problem("path", f"is '{self.path}'; a notebook's path has no extension")


class PythonTask(SettingsModel):
    """One Python file of a git folder."""

    git_folder: Key
    path: Annotated[str, Field(pattern=r"^[^/\s]\S*\.py$")]
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

    git_folder: Key
    path: Annotated[str, Field(pattern=r"^[^/\s]\S*\.sql$")]
    warehouse: Key
    """Key of the SQL warehouse."""
    parameters: dict[str, str] = {}


KINDS_OF_TASK = ("notebook", "python", "wheel", "jar", "sql")


class Task(SettingsModel):
    """One step, of one kind."""

    notebook: NotebookTask | None = None
    python: PythonTask | None = None
    wheel: WheelTask | None = None
    jar: JarTask | None = None
    sql: SqlTask | None = None
    cluster: Key | None = None
    """Key of one of the job's clusters; SQL has its warehouse instead."""
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
        if self.sql is None and self.cluster is None:
            yield Problem("cluster", "is missing; without one the task would run on serverless compute")
        if self.sql is not None and self.cluster is not None:
            yield Problem("cluster", "is given on a sql task, which runs on its warehouse; remove it")
        if self.wheel is not None and not self.libraries.wheels and not self.libraries.pypi:
            yield Problem("libraries", "brings no package; give the wheel under wheels, or pypi")

    @property
    def is_python(self) -> bool:
        """Whether it runs Python, and so may use MLflow."""
        return self.sql is None and self.jar is None


class Job(SettingsModel):
    """Tasks, each after those it depends on, on clusters that a run makes and takes down again."""

    clusters: dict[Key, Cluster] = {}
    tasks: Annotated[dict[Key, Task], Field(min_length=1)]
    trigger: Trigger | None = None
    parameters: dict[str, str] = {}
    """Of the job: every task can read them, and a run can be started with others."""
    warn_after_minutes: Annotated[int, Field(ge=1)]
    timeout_minutes: Annotated[int, Field(ge=1)]
    failure_emails: Annotated[list[Email], Field(min_length=1)]
    success_emails: list[Email] = []
    permissions: Permissions = {}

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.warn_after_minutes >= self.timeout_minutes:
            yield Problem(
                "warn_after_minutes", f"comes after the timeout of {self.timeout_minutes} minutes; give fewer"
            )
        yield from self._check_clusters()
        yield from self._check_order()
        if self.trigger and self.trigger.continuous and any(task.max_retries for task in self.tasks.values()):
            yield Problem(
                "trigger.continuous", "repeats failed runs itself; set max_retries: 0 on every task"
            )

    def _check_clusters(self) -> Iterator[Problem]:
        have = ", ".join(sorted(self.clusters)) or "none"
        used = {task.cluster for task in self.tasks.values()}
        for key, task in self.tasks.items():
            if task.cluster is not None and task.cluster not in self.clusters:
                yield Problem(f"tasks.{key}.cluster", f"'{task.cluster}' is not in clusters (there: {have})")
        for key in self.clusters.keys() - used:
            yield Problem(f"clusters.{key}", "is used by no task; name it in one, or remove it")

    def _check_order(self) -> Iterator[Problem]:
        missing = False
        for key, task in self.tasks.items():
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
