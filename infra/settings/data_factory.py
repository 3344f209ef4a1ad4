"""Data Factory: what brings data in, and what starts what after it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from infra.settings.base import Email, Generation, Key, LoadingContext, Problem, SettingsModel
from infra.settings.messages import absent
from infra.settings.pipelines import Dataset, Pipeline


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

    runtime: Annotated[str, Field(pattern=r"^\d+\.\d+\.x-\S+$")]
    pool: Key
    policy: Key
    workers: Annotated[int, Field(ge=1, le=100)]


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
                    yield from self._copy(
                        path, activity.copy_data.from_dataset, activity.copy_data.to_dataset
                    )

    def _copy(self, path: str, source: str, sink: str) -> Iterator[Problem]:
        for place, key in (("from_dataset", source), ("to_dataset", sink)):
            if key not in self.datasets:
                yield Problem(f"{path}.copy_data.{place}", absent(key, "datasets", self.datasets))
        if sink in self.datasets and self.datasets[sink].source:
            yield Problem(
                f"{path}.copy_data.to_dataset", f"'{sink}' is a source's table; give files in a zone"
            )
