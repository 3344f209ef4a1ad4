"""Git folders, and the credential that clones them."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.databricks.content import WorkspaceContent
from infra.databricks.service_principal import JobsServicePrincipal
from infra.databricks.workspace import Workspace
from infra.settings import databricks as settings_of

PRODUCTION_FOLDER = "/Repos/production"
"""Outside people's folders and the same in every environment. Below /Repos a path has exactly three parts
(terraform-provider-databricks, repos/resource_repo.go)."""


class GitFolders(WorkspaceContent):
    """Owns the credential, the checked-out folders, and who may run what is in them.

    Does not own the repositories. A branch's new commits arrive by a call to the Repos API, not by `up`.
    Databricks cannot change later: url and path. A folder that somebody edited refuses its next update.
    """

    def __init__(
        self,
        settings: Mapping[str, settings_of.GitFolder],
        credential: settings_of.GitCredential | None,
        principal: JobsServicePrincipal,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("databricks:GitFolders", "databricks-git-folders", workspace, context, opts)
        git_credential = self._credential(credential) if credential else None
        self.folders = {
            key: self._folder(key, folder, git_credential, principal) for key, folder in settings.items()
        }
        self.paths = {key: f"{PRODUCTION_FOLDER}/{key}" for key in settings}
        self.register_outputs({"paths": self.paths})

    def _credential(self, settings: settings_of.GitCredential) -> pulumi_databricks.GitCredential:
        """The token is always given: left out, the provider would take an ambient GITHUB_TOKEN instead."""
        return pulumi_databricks.GitCredential(
            "databricks-git-credential",
            git_provider=settings.provider,
            git_username=settings.username,
            personal_access_token=pulumi.Output.secret(settings.personal_access_token.get_secret_value()),
            # One credential per provider is allowed for a service principal; an earlier one is replaced.
            force=True,
            opts=self.content(),
        )

    def _folder(
        self,
        key: str,
        settings: settings_of.GitFolder,
        credential: pulumi_databricks.GitCredential | None,
        principal: JobsServicePrincipal,
    ) -> pulumi_databricks.Repo:
        folder = pulumi_databricks.Repo(
            f"databricks-git-folder-{key}",
            url=settings.url,
            path=f"{PRODUCTION_FOLDER}/{key}",
            branch=settings.branch,
            tag=settings.tag,
            # "Missing Git provider credentials" if it is cloned first (terraform-provider-databricks#1134).
            opts=self.content(depends_on=[credential] if credential else []),
        )
        pulumi_databricks.Permissions(
            f"databricks-git-folder-{key}-permissions",
            repo_id=folder.id,
            access_controls=[principal.may("CAN_RUN")],
            opts=self.content(),
        )
        return folder
