"""Git credentials: with what the deployer clones folders, and the jobs' principal reads its sources."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.databricks.content import WorkspaceContent
from infra.databricks.service_principal import JobsServicePrincipal
from infra.databricks.workspace import Workspace
from infra.settings.databricks.git import CredentialOwner, GitCredential, GitProvider


class GitCredentials(WorkspaceContent):
    """Owns one credential for each provider and owner. Does not own the tokens, nor who renews them."""

    def __init__(
        self,
        settings: Mapping[str, GitCredential],
        principal: JobsServicePrincipal,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("databricks:GitCredentials", "databricks-git-credentials", workspace, context, opts)
        self.credentials: dict[tuple[CredentialOwner, GitProvider], pulumi_databricks.GitCredential] = {
            (credential.owner, credential.provider.host_provider): self._credential(
                key, credential, principal
            )
            for key, credential in settings.items()
        }
        self.register_outputs({"credentials": sorted(settings)})

    def _credential(
        self, key: str, settings: GitCredential, principal: JobsServicePrincipal
    ) -> pulumi_databricks.GitCredential:
        """The token is always given where one is needed: left out, the provider would take an ambient
        GITHUB_TOKEN, GITLAB_TOKEN or AZDO_PERSONAL_ACCESS_TOKEN instead."""
        return pulumi_databricks.GitCredential(
            f"databricks-git-credential-{key}",
            name=self.object_name(key),
            git_provider=settings.provider,
            git_username=settings.username,
            personal_access_token=(
                pulumi.Output.secret(settings.personal_access_token.get_secret_value())
                if settings.personal_access_token
                else None
            ),
            # On the jobs' principal's behalf; the caller must be its manager, which who adds it is.
            principal_id=principal.resource.id if settings.owner is CredentialOwner.JOBS else None,
            # One credential per provider is allowed for a service principal; an earlier one is replaced.
            force=True,
            opts=self.content(),
        )
