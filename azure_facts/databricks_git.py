"""Git in Databricks: the providers it knows, and how it names notebooks that it checks out."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from urllib.parse import urlsplit


class GitProvider(StrEnum):
    """The hosts that Databricks knows, in its own spelling."""

    GITHUB = "gitHub"
    GITHUB_ENTERPRISE = "gitHubEnterprise"
    AZURE_DEVOPS = "azureDevOpsServices"
    AZURE_DEVOPS_ENTRA = "azureDevOpsServicesAad"
    """Of credentials only. Without a token: Azure DevOps takes the owner's own Entra sign-in, once it is a member
    of the organisation (learn.microsoft.com databricks repos/automate-with-ms-entra)."""
    GITLAB = "gitLab"
    GITLAB_ENTERPRISE = "gitLabEnterpriseEdition"
    BITBUCKET = "bitbucketCloud"
    BITBUCKET_SERVER = "bitbucketServer"

    @property
    def host_provider(self) -> GitProvider:
        """The provider whose repositories it opens: the two of Azure DevOps are one host."""
        return GitProvider.AZURE_DEVOPS if self is GitProvider.AZURE_DEVOPS_ENTRA else self


CREDENTIAL_PROVIDERS: tuple[str, ...] = (*GitProvider, "awsCodeCommit")
"""Of credentials and git folders (terraform-provider-databricks docs/resources/git_credential.md).

docs.databricks.com api/git-credentials/v1/create-credentials (read 2026-11-30) has all but that of an Entra sign-in.
Their case does not matter there, and only managers of a service principal may set its credential."""

JOB_PROVIDERS: tuple[str, ...] = tuple(
    provider for provider in GitProvider if provider is provider.host_provider
)
"""Of a job's git_source (terraform-provider-databricks docs/resources/job.md)."""

_PROVIDER_OF_HOST: Mapping[str, GitProvider] = MappingProxyType(
    {
        "github.com": GitProvider.GITHUB,
        "dev.azure.com": GitProvider.AZURE_DEVOPS,
        "gitlab.com": GitProvider.GITLAB,
        "bitbucket.org": GitProvider.BITBUCKET,
    }
)


def provider_of_url(url: str) -> GitProvider | None:
    """The provider that a URL's host says; None for a host of one's own, and for text that is no URL
    (terraform-provider-databricks repos/resource_repo.go, GetGitProviderFromUrl, read 2026-11-30)."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    return _PROVIDER_OF_HOST.get(host.lower())


NOTEBOOK_SUFFIXES = (".py", ".ipynb", ".sql", ".scala", ".r")
"""Databricks drops them when it checks a notebook out (terraform-provider-databricks docs/resources/job.md,
notebook_task)."""
