"""What git folders, jobs' sources and credentials need of each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from infra.settings.base import Problem
from infra.settings.databricks.git import CredentialOwner, GitFolder, GitProvider, Repository, is_allowed

if TYPE_CHECKING:
    from infra.settings.databricks.workspace import Databricks


def git_problems(settings: Databricks) -> Iterator[Problem]:
    """Repositories without a credential, and credentials that Databricks would mix up."""
    there: dict[tuple[CredentialOwner, GitProvider], str] = {}
    for key, credential in settings.git_credentials.items():
        other = there.setdefault((credential.owner, credential.provider.host_provider), key)
        if other != key:
            yield Problem(
                f"git_credentials.{key}.provider",
                f"is {credential.provider}, which {other} serves for the same owner already; Databricks keeps one "
                "for each provider: keep one of the two",
            )
    for key, folder in settings.git_folders.items():
        yield from _repository(settings, f"git_folders.{key}", folder, CredentialOwner.DEPLOYER)
    for key, job in settings.jobs.items():
        if job.git_source:
            yield from _repository(settings, f"jobs.{key}.git_source", job.git_source, CredentialOwner.JOBS)


def _repository(
    settings: Databricks, path: str, repository: Repository, owner: CredentialOwner
) -> Iterator[Problem]:
    allowed = settings.hardening.allowed_git_urls
    if allowed and not is_allowed(repository.url, allowed):
        yield Problem(
            f"{path}.url",
            f"{repository.url} is outside hardening.allowed_git_urls ({', '.join(allowed)}); add its prefix there",
        )
    of_folder = isinstance(repository, GitFolder)
    if of_folder and repository.public:
        return
    provider = repository.host_provider
    serving = [
        credential.provider.host_provider
        for credential in settings.git_credentials.values()
        if credential.owner is owner
    ]
    if provider not in serving:
        have = ", ".join(sorted(serving)) or "none"
        public = ", or give public: true for a repository that anybody may read" if of_folder else ""
        yield Problem(
            f"{path}.url",
            f"is {provider}'s, and git_credentials has none for it of owner {owner} (there: {have}); add one{public}",
        )
