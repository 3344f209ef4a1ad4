"""The service principal that jobs run as, and who may use it."""

from __future__ import annotations

import pulumi
import pulumi_databricks

from azure_facts.databricks_service_principals import MANAGER_ROLE, USER_ROLE
from infra.context import Context
from infra.conventions.known import known
from infra.databricks.content import WorkspaceContent, may
from infra.databricks.deployers import Deployers
from infra.databricks.workspace import Workspace


class JobsServicePrincipal(WorkspaceContent):
    """Owns the membership of the jobs' Entra application in the workspace, and its one rule set in the account. Does
    not own the application.

    Jobs run as it instead of as the person who deployed, so that nobody's leaving stops them.
    """

    def __init__(
        self,
        application_id: str,
        deployers: Deployers,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__(
            "databricks:JobsServicePrincipal", "databricks-jobs-principal", workspace, context, opts
        )
        self.application_id = application_id
        self.resource = self.member("databricks-jobs-principal", application_id, "jobs", sql_access=True)
        self.rights = deployers.rights_on(
            self, "databricks-jobs-principal-rights", self.resource, (MANAGER_ROLE, USER_ROLE)
        )
        """The deployer may use it and set its credentials when these exist."""
        self.usable: pulumi.Output[str] = known(application_id, self.resource, *self.rights)
        """Its application id, for what runs as it."""
        self.register_outputs({"application_id": application_id})

    def may(self, level: str) -> pulumi_databricks.PermissionsAccessControlArgs:
        """Its line in an object's access control."""
        return may(self.resource, level)
