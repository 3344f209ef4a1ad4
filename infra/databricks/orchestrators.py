"""Programs outside that start jobs: orchestrators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.databricks.content import WorkspaceContent, may
from infra.databricks.workspace import Workspace


class Orchestrators(WorkspaceContent):
    """Owns the membership of programs outside in the workspace. Does not own the programs' identities or the jobs.

    Databricks knows a managed identity, like an application, as the service principal of its client id
    (learn.microsoft.com azure/databricks/dev-tools/auth/azure-mi).
    """

    def __init__(self, workspace: Workspace, context: Context, opts: pulumi.ResourceOptions) -> None:
        super().__init__("databricks:Orchestrators", "databricks-orchestrators", workspace, context, opts)
        self.jobs: Mapping[str, Sequence[str]] = {
            key: workload.databricks_jobs
            for key, workload in context.access.workloads.items()
            if workload.databricks_jobs
        }
        self.members = {key: self._member(key) for key in self.jobs}
        self.register_outputs({"orchestrators": sorted(self.members)})

    def _member(self, key: str) -> pulumi_databricks.ServicePrincipal:
        return self.member(f"databricks-orchestrator-{key}", self.context.workloads[key].client_id, key)

    def permissions(self, job: str) -> list[pulumi_databricks.PermissionsAccessControlArgs]:
        """Their lines in a job's access control."""
        return [
            may(member, "CAN_MANAGE_RUN") for key, member in self.members.items() if job in self.jobs[key]
        ]
