"""Git: the credential, and the repositories checked out in the workspace."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from infra.settings.base import LoadingContext, Problem, Secret, SettingsModel
from infra.settings.databricks.permissions import Permissions

GitUrl = Annotated[str, Field(pattern=r"^https://[^\s@,]+$")]
"""HTTPS, without a user or token in it."""


class GitProvider(StrEnum):
    """The hosts that Databricks knows, in its own spelling."""

    GITHUB = "gitHub"
    GITHUB_ENTERPRISE = "gitHubEnterprise"
    AZURE_DEVOPS = "azureDevOpsServices"
    AZURE_DEVOPS_ENTRA = "azureDevOpsServicesAad"
    """Without a token: Azure DevOps takes the identity's own Entra sign-in."""
    GITLAB = "gitLab"
    GITLAB_ENTERPRISE = "gitLabEnterpriseEdition"
    BITBUCKET = "bitbucketCloud"


class GitCredential(SettingsModel):
    """How Databricks reads the repositories; belongs to the deploying identity, one for each provider."""

    provider: GitProvider
    username: str | None = None
    """The account that the token belongs to: a machine account, not a person's."""
    personal_access_token: Secret | None = None
    """Read access to the repositories' contents is enough."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        for key in ("username", "personal_access_token"):
            given = getattr(self, key) is not None
            if self.provider is GitProvider.AZURE_DEVOPS_ENTRA and given:
                yield Problem(key, "must be left out with azureDevOpsServicesAad, which needs no token")
            elif self.provider is not GitProvider.AZURE_DEVOPS_ENTRA and not given:
                yield Problem(
                    key, f"is missing; {self.provider} needs it (only azureDevOpsServicesAad works without)"
                )


class GitFolder(SettingsModel):
    """A repository checked out in the workspace, outside any person's folder."""

    url: GitUrl
    branch: str | None = None
    tag: str | None = None
    sparse_checkout: list[str] = []
    """Folders of a large repository to check out; empty = all of it. Adding the first or removing the last
    makes the folder anew."""
    permissions: Permissions = {}
    """People may read and run; only CI changes it."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if (self.branch is None) == (self.tag is None):
            yield Problem("branch", "give either branch or tag")


def is_allowed(url: str, prefixes: list[str]) -> bool:
    """Whether one of the prefixes covers the URL, whole path parts only: `…/org` does not cover `…/organ`."""
    return any(url == prefix or url.startswith(prefix.rstrip("/") + "/") for prefix in prefixes)
