"""Git: the credentials, and the repositories checked out in the workspace or read by jobs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, WithJsonSchema
from typing_extensions import override

from azure_facts.databricks_git import GitProvider
from infra.settings.base import LoadingContext, Problem, Secret, SettingsModel
from infra.settings.databricks.permissions import Permissions

GitUrl = Annotated[str, Field(pattern=r"^https://[^\s@,]+$")]
"""HTTPS, without a user or token in it."""


def _repository_url(value: str) -> str:
    """A prefix of the allow list must mean what it says, so no part may lead out of it again."""
    try:
        address = urlsplit(value)
        named = bool(address.hostname) and (address.port is None or address.port > 0)
    except ValueError:
        named = False
    parts = value.removesuffix("/").split("/")[3:]
    if (
        not named
        or len(parts) < 2
        or any(part in ("", ".", "..") for part in parts)
        or _ENCODED.search(value)
    ):
        raise ValueError(
            f"'{value}' is not the address of a repository; for example https://github.com/organisation/repository"
        )
    return value


_ENCODED = re.compile(r"[?#\\]|%2[ef]", re.IGNORECASE)
"""A query, a fragment, and dots or slashes in disguise."""

RepositoryUrl = Annotated[GitUrl, AfterValidator(_repository_url)]


def _reference(value: str) -> str:
    """Git's own rules for names (git-scm.com git-check-ref-format)."""
    parts = value.split("/")
    if (
        not re.fullmatch(r"[^\s~^:?*\[\\]+", value)
        or any(not part or part.startswith((".", "-")) or part.endswith((".", ".lock")) for part in parts)
        or ".." in value
        or "@{" in value
    ):
        raise ValueError(f"'{value}' is not the name of a branch or tag; for example main or v1.2.0")
    return value


GitReference = Annotated[
    str, AfterValidator(_reference), WithJsonSchema({"type": "string", "pattern": r"^[^\s~^:?*\[\\]+$"})
]


def _inside(value: str) -> str:
    if not value or any(part in ("", ".", "..") or part != part.strip() for part in value.split("/")):
        raise ValueError(
            f"'{value}' is not a path inside the repository; give it from the repository's top, without a leading "
            "'/' and without '.' or '..', for example notebooks/train"
        )
    return value


RepositoryPath = Annotated[
    str, AfterValidator(_inside), WithJsonSchema({"type": "string", "pattern": r"^[^/\s]"})
]
"""Path in a repository, from its top."""


PUBLIC_HOSTS: Mapping[str, GitProvider] = {
    "github.com": GitProvider.GITHUB,
    "dev.azure.com": GitProvider.AZURE_DEVOPS,
    "gitlab.com": GitProvider.GITLAB,
    "bitbucket.org": GitProvider.BITBUCKET,
}
"""Host to provider, as the service finds it out by itself (terraform-provider-databricks repos/resource_repo.go)."""

OWN_HOST_PROVIDERS = (
    GitProvider.GITHUB_ENTERPRISE,
    GitProvider.GITLAB_ENTERPRISE,
    GitProvider.BITBUCKET_SERVER,
)


def public_provider(url: str) -> GitProvider | None:
    """The provider of a URL on a well-known host, None for a host of one's own."""
    host = (urlsplit(url).hostname or "").lower()
    if host.endswith(".visualstudio.com"):
        return GitProvider.AZURE_DEVOPS
    return PUBLIC_HOSTS.get(host)


class CredentialOwner(StrEnum):
    """The owner of a credential: the deploying pipeline, which clones and moves folders, or the jobs'
    principal's, which reads a job's git_source. Never a person's: people set their own."""

    DEPLOYER = "deployer"
    JOBS = "jobs"


class GitCredential(SettingsModel):
    """How one identity reads the repositories of one provider."""

    provider: GitProvider
    owner: CredentialOwner = CredentialOwner.DEPLOYER
    """`deployer`: always the pipeline's identity (ci_application_id). `jobs`: the jobs' service principal,
    for jobs with a git_source. The deploying identity must be a manager of either, as owner_group is."""
    username: str | None = None
    """The account that the token belongs to: a machine account, not a person's."""
    personal_access_token: Secret | None = None
    """Read access to the repositories' contents is enough."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        for key in ("username", "personal_access_token"):
            given = getattr(self, key) is not None
            if self.provider is GitProvider.AZURE_DEVOPS_ENTRA and given:
                yield Problem(key, "is not used with azureDevOpsServicesAad, which needs no token; remove it")
            elif self.provider is not GitProvider.AZURE_DEVOPS_ENTRA and not given:
                yield Problem(
                    key, f"is missing; {self.provider} needs it (only azureDevOpsServicesAad works without)"
                )


class Repository(SettingsModel):
    """A repository, and what of it."""

    url: RepositoryUrl
    provider: GitProvider | None = None
    """Only for a host of your own: gitHubEnterprise, gitLabEnterpriseEdition or bitbucketServer."""
    branch: GitReference | None = None
    tag: GitReference | None = None

    @property
    def host_provider(self) -> GitProvider:
        """The provider of its host. Call it on settings that were checked."""
        provider = public_provider(self.url) or self.provider
        if provider is None:
            raise ValueError(f"{self.url} is on no host that is known, and no provider is given")
        return provider

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        public = public_provider(self.url)
        if public and self.provider not in (None, public):
            yield Problem("provider", f"is {self.provider}, and {self.url} is {public}'s; leave it out")
        if public is None and self.provider not in OWN_HOST_PROVIDERS:
            yield Problem(
                "provider",
                f"is {self.provider or 'missing'}, and Databricks does not know {urlsplit(self.url).hostname}; "
                f"give one of {', '.join(OWN_HOST_PROVIDERS)}",
            )


class GitFolder(Repository):
    """A repository checked out in the workspace, outside any person's folder."""

    sparse_checkout: list[RepositoryPath] = []
    """Folders of a large repository to check out; empty = all of it. Adding the first or removing the last
    makes the folder anew."""
    public: bool = False
    """Anybody may read the repository, so that it is cloned without git_credentials (learn.microsoft.com
    azure/databricks/repos/repos-setup, read 2026-11-30)."""
    permissions: Permissions = {}
    """Beside production_folder_permissions. People may read and run; only CI changes it."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        yield from super().check(context)
        if (self.branch is None) == (self.tag is None):
            yield Problem("branch", "give either branch or tag")


class GitSource(Repository):
    """A repository that each run of a job reads anew, without a folder in the workspace."""

    commit: Annotated[str, Field(pattern=r"^[0-9a-f]{40}$")] | None = None

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        yield from super().check(context)
        given = [name for name in ("branch", "tag", "commit") if getattr(self, name) is not None]
        if len(given) != 1:
            yield Problem("branch", f"{len(given)} references are given; give one of branch, tag and commit")


def is_allowed(url: str, prefixes: list[str]) -> bool:
    """Whether one of the prefixes covers the URL, whole path parts only: `…/org` does not cover `…/organ`."""
    return any(url == prefix or url.startswith(prefix.rstrip("/") + "/") for prefix in prefixes)
