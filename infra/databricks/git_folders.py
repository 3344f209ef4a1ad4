"""Git folders, and the credential that clones them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.databricks.content import WorkspaceContent
from infra.databricks.groups import Groups
from infra.databricks.workspace import Workspace
from infra.settings.databricks.git import GitCredential, GitFolder

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
        settings: Mapping[str, GitFolder],
        credential: GitCredential | None,
        groups: Groups,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
        *,
        depends_on: Sequence[pulumi.Resource] = (),
    ) -> None:
        """`depends_on`: the workspace's switches, which say from where may be cloned."""
        super().__init__("databricks:GitFolders", "databricks-git-folders", workspace, context, opts)
        # "Missing Git provider credentials" if a folder is cloned first (terraform-provider-databricks#1134).
        first = [*depends_on, *([self._credential(credential)] if credential else [])]
        self.folders = {key: self._folder(key, folder, first, groups) for key, folder in settings.items()}
        self.paths = {key: f"{PRODUCTION_FOLDER}/{key}" for key in settings}
        self.register_outputs({"paths": self.paths})

    def _credential(self, settings: GitCredential) -> pulumi_databricks.GitCredential:
        """The token is always given where one is needed: left out, the provider would take an ambient
        GITHUB_TOKEN, GITLAB_TOKEN or AZDO_PERSONAL_ACCESS_TOKEN instead."""
        return pulumi_databricks.GitCredential(
            "databricks-git-credential",
            git_provider=settings.provider,
            git_username=settings.username,
            personal_access_token=(
                pulumi.Output.secret(settings.personal_access_token.get_secret_value())
                if settings.personal_access_token
                else None
            ),
            # One credential per provider is allowed for a service principal; an earlier one is replaced.
            force=True,
            opts=self.content(),
        )

    def _folder(
        self,
        key: str,
        settings: GitFolder,
        first: Sequence[pulumi.Resource],
        groups: Groups,
    ) -> pulumi_databricks.Repo:
        folder = pulumi_databricks.Repo(
            f"databricks-git-folder-{key}",
            url=settings.url,
            path=f"{PRODUCTION_FOLDER}/{key}",
            branch=settings.branch,
            tag=settings.tag,
            sparse_checkout=(
                pulumi_databricks.RepoSparseCheckoutArgs(patterns=settings.sparse_checkout)
                if settings.sparse_checkout
                else None
            ),
            opts=self.content(depends_on=first),
        )
        pulumi_databricks.Permissions(
            f"databricks-git-folder-{key}-permissions",
            repo_id=folder.id,
            access_controls=groups.entries(settings.permissions, jobs="CAN_RUN"),
            opts=self.content(),
        )
        return folder
