"""Who runs the smoke tests of notebooks' pull requests."""

from __future__ import annotations

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.databricks.content import WorkspaceContent, may
from infra.databricks.workspace import Workspace
from infra.settings.databricks.smoke_tests import SmokeTests as SmokeTestsSettings


class SmokeTests(WorkspaceContent):
    """Owns the principal's membership of the workspace. Does not own its Entra application, nor the cluster.

    The code of a branch runs as this principal before anybody has read it. So it is in no group, holds no grant and
    reads no secret scope: all it has is one cluster that carries no secret.
    """

    def __init__(
        self,
        settings: SmokeTestsSettings,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("databricks:SmokeTests", "databricks-smoke-tests", workspace, context, opts)
        self._cluster = settings.cluster
        self._member = self.member("databricks-smoke-tests-principal", settings.application_id, "smoke-tests")
        self.register_outputs({"cluster": settings.cluster})

    def permissions(self, cluster: str) -> list[pulumi_databricks.PermissionsAccessControlArgs]:
        """Its line in a cluster's access control, to start it and to attach; none on any other cluster."""
        if cluster != self._cluster:
            return []
        return [may(self._member, "CAN_RESTART")]
