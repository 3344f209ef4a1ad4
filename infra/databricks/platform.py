"""Databricks, whole."""

from __future__ import annotations

import pulumi

from infra.component import Component
from infra.context import Context
from infra.databricks.cluster_policies import ClusterPolicies
from infra.databricks.git_folders import GitFolders
from infra.databricks.ip_access import IpAccess
from infra.databricks.jobs import Jobs, JobSurroundings
from infra.databricks.pools import Pools
from infra.databricks.service_principal import JobsServicePrincipal
from infra.databricks.workspace import Workspace
from infra.foundation.encryption import Encryption
from infra.ml.platform import MachineLearningPlatform
from infra.settings import databricks as settings_of


class DatabricksPlatform(Component):
    """Owns the workspace and everything of ours inside it."""

    def __init__(
        self,
        settings: settings_of.Databricks,
        ml: MachineLearningPlatform | None,
        encryption: Encryption | None,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("databricks:DatabricksPlatform", "databricks", context, opts)
        inside = pulumi.ResourceOptions(parent=self)
        linked = ml.workspace.reference if ml and settings.link_ml_workspace else None
        workspace = Workspace(settings, linked, encryption, context, inside)
        self.managed_resource_groups = [workspace.managed_resource_group]
        self.outputs: dict[str, pulumi.Input[object]] = {
            "workspace_url": workspace.url,
            "workspace_resource_id": workspace.reference.id,
        }
        if settings.content is settings_of.DatabricksContent.MANAGED:
            self._content(settings, workspace)
        self.register_outputs(self.outputs)

    def _content(self, settings: settings_of.Databricks, workspace: Workspace) -> None:
        """What stands inside the workspace; the deployer must reach its front end."""
        context, inside = self.context, pulumi.ResourceOptions(parent=self)
        if settings.front_end_ip_ranges:
            IpAccess(settings.front_end_ip_ranges, workspace, context, inside)
        principal = JobsServicePrincipal(
            settings.jobs_service_principal_application_id, workspace, context, inside
        )
        git_folders = GitFolders(
            settings.git_folders, settings.git_credential, principal, workspace, context, inside
        )
        surroundings = JobSurroundings(
            policies=ClusterPolicies(settings.cluster_policies, principal, workspace, context, inside),
            pools=Pools(settings.pools, principal, workspace, context, inside),
            git_folders=git_folders,
            principal=principal,
        )
        jobs = Jobs(settings.jobs, surroundings, workspace, context, inside)
        self.outputs["git_folder_paths"] = git_folders.paths
        self.outputs["job_ids"] = {key: job.id for key, job in jobs.jobs.items()}
