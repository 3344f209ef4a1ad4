"""Who starts a job from outside the workspace when an alert fired."""

from __future__ import annotations

import pulumi
import pulumi_databricks

from infra.access.identity import Identity
from infra.context import Context
from infra.databricks.content import WorkspaceContent, may
from infra.databricks.workspace import Workspace


class JobStarter(WorkspaceContent):
    """Owns an identity and its membership of the workspace. Does not own the job: its permissions let it start one.

    Databricks knows a managed identity as the service principal of its client id
    (learn.microsoft.com azure/databricks/dev-tools/auth/azure-mi).
    """

    def __init__(
        self, job: str, workspace: Workspace, context: Context, opts: pulumi.ResourceOptions
    ) -> None:
        """`job` is the key of the one job that it starts."""
        super().__init__("databricks:JobStarter", "databricks-job-starter", workspace, context, opts)
        self.job = job
        self.identity = Identity(self, "retraining")
        self.resource = self.member("databricks-job-starter", self.identity.resource.client_id, "job-starter")
        self.register_outputs({"job": job})

    def permissions(self, job: str) -> list[pulumi_databricks.PermissionsAccessControlArgs]:
        """Its line in a job's access control: none for other jobs than its own."""
        if job != self.job:
            return []
        return [may(self.resource, "CAN_MANAGE_RUN")]
