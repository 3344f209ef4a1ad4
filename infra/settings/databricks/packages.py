"""Where Python packages come from, and by what they are known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from infra.settings.base import Key, Problem, SettingsModel
from infra.settings.messages import absent

if TYPE_CHECKING:
    from infra.settings.databricks.workspace import Databricks

PackageIndex = Annotated[str, Field(pattern=r"^https://[^\s/@]+(/\S*)?$")]
"""Without a name and password in it: jobs and clusters show it in plain text."""

OLDEST_RUNTIME = 15
"""From which on a cluster installs a file of requirements (docs.databricks.com libraries; terraform-provider-databricks
issue 3471)."""


class JobRequirements(SettingsModel):
    """A lock in a git folder: each package with its version and the hashes of its files. One hash in a file of
    requirements makes pip ask for all (pip.pypa.io topics/secure-installs, hash-checking mode)."""

    git_folder: Key
    """Key of `git_folders`; only CI changes files there."""
    path: Annotated[str, Field(pattern=r"^[^/\s]\S*\.txt$")]
    """In the repository. The file names its index itself (--index-url)."""


def package_problems(settings: Databricks) -> Iterator[Problem]:
    """A lock that is there, and nothing beside it that no hash covers."""
    lock = settings.job_requirements
    if lock is None:
        return
    if lock.git_folder not in settings.git_folders:
        yield Problem(
            "job_requirements.git_folder", absent(lock.git_folder, "git_folders", settings.git_folders)
        )
    for key, job in settings.jobs.items():
        for name, task in job.tasks.items():
            if task.libraries.pypi:
                yield Problem(
                    f"jobs.{key}.tasks.{name}.libraries.pypi",
                    "is installed without a hash; put it into the lock of job_requirements, and remove it here",
                )
        for name, cluster in job.clusters.items():
            if int(cluster.runtime.partition(".")[0]) < OLDEST_RUNTIME:
                yield Problem(
                    f"jobs.{key}.clusters.{name}.runtime",
                    f"is {cluster.runtime}, and job_requirements needs {OLDEST_RUNTIME}.0 or newer",
                )
