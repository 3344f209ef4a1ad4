"""Git folders: repositories checked out where no person's leaving touches them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.conventions.known import known
from infra.databricks.content import WorkspaceContent
from infra.databricks.git_credentials import GitCredentials
from infra.databricks.groups import Groups
from infra.databricks.workspace import Workspace
from infra.settings.databricks.git import CredentialOwner, GitFolder
from infra.settings.databricks.permissions import Permissions

PRODUCTION_FOLDER = "/Repos/production"
"""Outside people's folders and the same in every environment. Below /Repos a path has exactly three parts
(terraform-provider-databricks, repos/resource_repo.go)."""


class GitFolders(WorkspaceContent):
    """Owns the production folder, the repositories checked out in it, and who may read and run them.

    Does not own the repositories. A branch's new commits arrive by a call to the Repos API, not by `up`.
    Databricks cannot change later: url and path. A folder that somebody edited refuses its next update.
    """

    def __init__(
        self,
        settings: Mapping[str, GitFolder],
        people: Permissions,
        credentials: GitCredentials,
        groups: Groups,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
        *,
        depends_on: Sequence[pulumi.Resource] = (),
    ) -> None:
        """`people` may use every folder; `depends_on`: the workspace's switches, which say from where may be
        cloned."""
        super().__init__("databricks:GitFolders", "databricks-git-folders", workspace, context, opts)
        self.credentials = credentials
        self.folders: dict[str, pulumi_databricks.Repo] = {}
        self.paths = {key: f"{PRODUCTION_FOLDER}/{key}" for key in settings}
        if settings:
            production = self._production_folder(people, groups)
            for key, folder in settings.items():
                self.folders[key] = self._folder(key, folder, production, groups, depends_on)
        self.register_outputs({"paths": self.paths})

    def _production_folder(self, people: Permissions, groups: Groups) -> pulumi.Output[str]:
        """Its permissions hold for every folder in it: nobody who is not listed can change production code."""
        folder = pulumi_databricks.Directory(
            "databricks-production-folder", path=PRODUCTION_FOLDER, opts=self.content()
        )
        path = known(PRODUCTION_FOLDER, folder)
        pulumi_databricks.Permissions(
            "databricks-production-folder-permissions",
            directory_path=path,
            access_controls=groups.entries(people, jobs="CAN_RUN"),
            opts=self.content(),
        )
        return path

    def _folder(
        self,
        key: str,
        settings: GitFolder,
        production: pulumi.Output[str],
        groups: Groups,
        depends_on: Sequence[pulumi.Resource],
    ) -> pulumi_databricks.Repo:
        # "Missing Git provider credentials" if a folder is cloned first (terraform-provider-databricks#1134).
        credential = self.credentials.credentials[CredentialOwner.DEPLOYER, settings.host_provider]
        folder = pulumi_databricks.Repo(
            f"databricks-git-folder-{key}",
            url=settings.url,
            git_provider=settings.provider,
            path=production.apply(lambda parent: f"{parent}/{key}"),
            branch=settings.branch,
            tag=settings.tag,
            sparse_checkout=(
                pulumi_databricks.RepoSparseCheckoutArgs(patterns=settings.sparse_checkout)
                if settings.sparse_checkout
                else None
            ),
            opts=self.content(depends_on=[*depends_on, credential]),
        )
        if settings.permissions:
            # Jobs run what is in the production folder by the folder's own list.
            pulumi_databricks.Permissions(
                f"databricks-git-folder-{key}-permissions",
                repo_id=folder.id,
                access_controls=groups.entries(settings.permissions),
                opts=self.content(),
            )
        return folder
