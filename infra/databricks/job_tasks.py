"""The tasks of a job: one kind each, with what must be installed for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_databricks

from infra.conventions.known import known
from infra.databricks.cluster_parts import ClusterSurroundings
from infra.databricks.git_folders import GitFolders
from infra.databricks.installed import libraries
from infra.databricks.notifications import NotificationDestinations
from infra.databricks.warehouses import Warehouses
from infra.settings.databricks.jobs import (
    JarTask,
    NotebookTask,
    PythonTask,
    RunJobTask,
    SqlTask,
    Task,
    WheelTask,
)
from infra.settings.databricks.packages import JobRequirements


@dataclass(frozen=True)
class Word:
    """The value of a word in a parameter, and the resources that must exist for it."""

    text: str
    stands_for: Sequence[pulumi.CustomResource] = ()


@dataclass(frozen=True)
class JobSurroundings:
    """What a job names by key."""

    clusters: ClusterSurroundings
    git_folders: GitFolders
    warehouses: Warehouses
    notifications: NotificationDestinations
    volumes: Mapping[str, pulumi.CustomResource]
    """Path of a volume, to the volume."""
    words: Mapping[str, Word]
    """What `{zone.raw}` and `{catalog.lake}` in a job's parameter become, by the word between the braces."""
    lock: JobRequirements | None = None
    """What Python tasks install by hash, in place of packages by name."""

    def parameter(self, text: str) -> pulumi.Input[str]:
        """A job's parameter with its words put in."""
        said = [word for key, word in self.words.items() if f"{{{key}}}" in text]
        for key, word in self.words.items():
            text = text.replace(f"{{{key}}}", word.text)
        first = [resource for word in said for resource in word.stands_for]
        return known(text, *first) if first else text

    def place(self, path: str) -> pulumi.Input[str]:
        """A path, which exists once its volume does where this stack makes that."""
        for volume_path, volume in self.volumes.items():
            if path.startswith(f"{volume_path}/"):
                return known(path, volume)
        return path

    def installed(self, settings: Task) -> list[pulumi_databricks.JobTaskLibraryArgsDict]:
        """What a task installs: a lock, or packages by name and version, with those of tracking."""
        tracking = self.clusters.tracking
        if self.lock is None:
            packages = tracking.packages if settings.is_python else {}
            return list(libraries(settings.libraries, packages, tracking.package_index))
        found = list(libraries(settings.libraries, {}, tracking.package_index))
        if settings.is_python:
            path, _ = self.code(self.lock.git_folder, self.lock.path)
            found.append({"requirements": pulumi.Output.concat("/Workspace", path)})
        return found

    def code(self, folder: str | None, path: str) -> tuple[pulumi.Input[str], str]:
        """Where a file is and from where a run takes it: a git folder, which must have been checked out before a
        job names it, or the job's git source, in which paths are relative."""
        if folder is None:
            return path, "GIT"
        folders = self.git_folders
        return known(f"{folders.paths[folder]}/{path}", folders.folders[folder]), "WORKSPACE"


def job_task(
    key: str, settings: Task, around: JobSurroundings, jobs: Mapping[str, pulumi_databricks.Job]
) -> pulumi_databricks.JobTaskArgs:
    """One task; its libraries are here, because a shared job cluster cannot hold any. `jobs`: those that it may
    run."""
    installed = around.installed(settings)
    if settings.jar:
        installed.append({"jar": settings.jar.jar})
    return pulumi_databricks.JobTaskArgs(
        task_key=key,
        depends_ons=[
            pulumi_databricks.JobTaskDependsOnArgs(task_key=before) for before in sorted(settings.depends_on)
        ]
        or None,
        job_cluster_key=settings.cluster,
        notebook_task=_notebook(settings.notebook, around) if settings.notebook else None,
        spark_python_task=_python(settings.python, around) if settings.python else None,
        python_wheel_task=_wheel(settings.wheel) if settings.wheel else None,
        spark_jar_task=_jar(settings.jar) if settings.jar else None,
        sql_task=_sql(settings.sql, around) if settings.sql else None,
        run_job_task=_run_job(settings.run_job, jobs) if settings.run_job else None,
        libraries=installed or None,
        max_retries=settings.max_retries,
        min_retry_interval_millis=60_000,
        # A run that took too long would take as long again.
        retry_on_timeout=False,
        timeout_seconds=settings.timeout_minutes * 60 if settings.timeout_minutes else None,
    )


def _notebook(settings: NotebookTask, around: JobSurroundings) -> pulumi_databricks.JobTaskNotebookTaskArgs:
    path, source = around.code(settings.git_folder, settings.path)
    return pulumi_databricks.JobTaskNotebookTaskArgs(
        notebook_path=path,
        source=source,
        base_parameters=dict(settings.parameters),
    )


def _python(settings: PythonTask, around: JobSurroundings) -> pulumi_databricks.JobTaskSparkPythonTaskArgs:
    path, source = around.code(settings.git_folder, settings.path)
    return pulumi_databricks.JobTaskSparkPythonTaskArgs(
        python_file=path,
        source=source,
        parameters=list(settings.parameters),
    )


def _wheel(settings: WheelTask) -> pulumi_databricks.JobTaskPythonWheelTaskArgs:
    return pulumi_databricks.JobTaskPythonWheelTaskArgs(
        package_name=settings.package,
        entry_point=settings.entry_point,
        parameters=list(settings.parameters),
    )


def _jar(settings: JarTask) -> pulumi_databricks.JobTaskSparkJarTaskArgs:
    return pulumi_databricks.JobTaskSparkJarTaskArgs(
        main_class_name=settings.main_class, parameters=list(settings.parameters)
    )


def _sql(settings: SqlTask, around: JobSurroundings) -> pulumi_databricks.JobTaskSqlTaskArgs:
    path, source = around.code(settings.git_folder, settings.path)
    return pulumi_databricks.JobTaskSqlTaskArgs(
        warehouse_id=around.warehouses.warehouses[settings.warehouse].id,
        file=pulumi_databricks.JobTaskSqlTaskFileArgs(path=path, source=source),
        parameters=dict(settings.parameters) or None,
    )


def _run_job(
    settings: RunJobTask, jobs: Mapping[str, pulumi_databricks.Job]
) -> pulumi_databricks.JobTaskRunJobTaskArgs:
    return pulumi_databricks.JobTaskRunJobTaskArgs(
        job_id=jobs[settings.job].id.apply(int), job_parameters=dict(settings.parameters) or None
    )
