"""Git credentials: with what the pipeline clones folders, and the jobs' principal reads its sources."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.databricks.content import WorkspaceContent
from infra.databricks.deployers import Deployers
from infra.databricks.service_principal import JobsServicePrincipal
from infra.databricks.workspace import Workspace
from infra.settings.databricks.git import CredentialOwner, GitCredential, GitProvider


class GitCredentials(WorkspaceContent):
    """Owns one credential for each provider and owner. Does not own the tokens, nor who renews them, nor the
    credentials of people, who set their own.

    Each is a service principal's, not the caller's: a credential of the caller would be in nobody else's
    reach afterwards. Only the principal's managers may set it, who are the owners.
    """

    def __init__(
        self,
        settings: Mapping[str, GitCredential],
        principal: JobsServicePrincipal,
        deployers: Deployers,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("databricks:GitCredentials", "databricks-git-credentials", workspace, context, opts)
        self._principal = principal
        self._deployers = deployers
        self.credentials: dict[tuple[CredentialOwner, GitProvider], pulumi_databricks.GitCredential] = {
            (credential.owner, credential.provider.host_provider): self._credential(key, credential)
            for key, credential in settings.items()
        }
        self.register_outputs({"credentials": sorted(settings)})

    def _credential(self, key: str, settings: GitCredential) -> pulumi_databricks.GitCredential:
        """The token is always given where one is needed: left out, the provider would take an ambient
        GITHUB_TOKEN, GITLAB_TOKEN or AZDO_PERSONAL_ACCESS_TOKEN instead."""
        if settings.owner is CredentialOwner.JOBS:
            owner, rights = self._principal.resource, self._principal.rights
        elif self._deployers.ci is not None:
            owner, rights = self._deployers.ci, self._deployers.ci_rights
        else:
            raise pulumi.RunError(f"databricks.git_credentials.{key}: nobody is named who deploys")
        options = self.content(depends_on=rights)
        # The provider would send the new owner's credential under the id of the old one's.
        options.replace_on_changes = ["principalId"]
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
            principal_id=owner.id,
            # One credential per provider is allowed for a service principal; an earlier one is replaced.
            force=True,
            opts=options,
        )
