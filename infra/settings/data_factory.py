"""Data Factory: what brings data in, and what starts what after it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from infra.settings.base import Email, Generation, Key, LoadingContext, Problem, SettingsModel
from infra.settings.databricks.clusters import Cluster
from infra.settings.databricks.runtime import Runtime
from infra.settings.messages import absent
from infra.settings.pipelines import Copy, Dataset, Pipeline


class GitHost(StrEnum):
    """Where authors keep the factory's JSON."""

    GITHUB = "github"
    AZURE_DEVOPS = "azure_devops"


class Git(SettingsModel):
    """For authoring in dev. What runs is what this program deploys: publishing from the studio is off, and what
    differs between environments is a global parameter, so that no environment's value lands in the repository."""

    host: GitHost
    account: Annotated[str, Field(min_length=1)]
    """GitHub owner, or Azure DevOps organisation."""
    project: str | None = None
    """Azure DevOps only."""
    repository: Annotated[str, Field(min_length=1)]
    branch: Annotated[str, Field(min_length=1)] = "main"
    root_folder: Annotated[str, Field(pattern=r"^/\S*$")] = "/"

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if (self.host is GitHost.AZURE_DEVOPS) != bool(self.project):
            yield Problem("project", "belongs to azure_devops, which needs it; github has none")


class ActivityCluster(SettingsModel):
    """The job cluster of notebook, Python and JAR activities; jobs by key bring their own."""

    runtime: Runtime
    pool: Key
    policy: Key
    workers: Annotated[int, Field(ge=1, le=100)]

    def as_cluster(self) -> Cluster:
        """As Data Factory asks Databricks for it at each run."""
        return Cluster(runtime=self.runtime, policy=self.policy, pool=self.pool, workers=self.workers)


class DataFactory(SettingsModel):
    """Linked services follow from what there is: lake, Key Vault, Databricks, sources. None holds a secret."""

    generation: Generation = 1
    failure_emails: Annotated[list[Email], Field(min_length=1, max_length=50)]
    """Who is told of a failed run."""
    git: Git | None = None
    activity_cluster: ActivityCluster | None = None
    datasets: dict[Key, Dataset] = {}
    pipelines: dict[Key, Pipeline] = {}

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        for pipeline_key, pipeline in self.pipelines.items():
            for key, activity in pipeline.activities.items():
                path = f"pipelines.{pipeline_key}.activities.{key}"
                if activity.needs_cluster and self.activity_cluster is None:
                    yield Problem("activity_cluster", f"is missing; {pipeline_key}.{key} runs on it")
                if activity.copy_data:
                    yield from self._copy(f"{path}.copy_data", activity.copy_data)

    @property
    def databricks_jobs(self) -> frozenset[str]:
        """Keys of the jobs that pipelines run."""
        activities = (item for pipeline in self.pipelines.values() for item in pipeline.activities.values())
        return frozenset(item.databricks_job for item in activities if item.databricks_job)

    @property
    def windowed_datasets(self) -> set[str]:
        """Keys of the datasets that windows are copied to."""
        return {copy.to_dataset for copy in self._copies if copy.window_column}

    @property
    def _copies(self) -> list[Copy]:
        activities = (item for pipeline in self.pipelines.values() for item in pipeline.activities.values())
        return [activity.copy_data for activity in activities if activity.copy_data]

    def _copy(self, path: str, copy: Copy) -> Iterator[Problem]:
        source, sink = copy.from_dataset, copy.to_dataset
        for place, key in (("from_dataset", source), ("to_dataset", sink)):
            if key not in self.datasets:
                yield Problem(f"{path}.{place}", absent(key, "datasets", self.datasets))
        if sink in self.datasets and self.datasets[sink].source:
            yield Problem(f"{path}.to_dataset", f"'{sink}' is a source's table; give files in a zone")
        if copy.window_column and source in self.datasets and not self.datasets[source].source:
            yield Problem(
                f"{path}.window_column", f"is given, and '{source}' are files, which have no columns to ask"
            )
        for place, key in (("from_dataset", source), ("to_dataset", sink)):
            if key in self.windowed_datasets and not (copy.window_column and place == "to_dataset"):
                yield Problem(
                    f"{path}.{place}",
                    f"'{key}' holds a file for each window of another copy; give a dataset of its own",
                )
