"""The form of components whose resources are inside the Databricks workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_databricks

from infra.component import Component
from infra.context import Context
from infra.conventions.name_rules import ResourceKind
from infra.conventions.tags import databricks_tags
from infra.databricks.workspace import Workspace

ANY_OBJECT = "databricks:index/job:Job"
"""In the table of retries: every type that has no row of its own: a new workspace's name may not resolve
yet, whatever is made in it first."""


def may(
    member: pulumi_databricks.ServicePrincipal, level: str
) -> pulumi_databricks.PermissionsAccessControlArgs:
    """A member's line in an object's access control, which names it by its application id."""
    return pulumi_databricks.PermissionsAccessControlArgs(
        service_principal_name=member.application_id, permission_level=level
    )


class WorkspaceContent(Component):
    """Resources of one kind inside the workspace, made through its explicit provider."""

    def __init__(
        self, kind: str, name: str, workspace: Workspace, context: Context, opts: pulumi.ResourceOptions
    ) -> None:
        super().__init__(kind, name, context, opts)
        self.workspace = workspace
        self.databricks_tags: Mapping[str, str] = databricks_tags(self.tags)

    def object_name(self, key: str) -> str:
        """The name that people see in the workspace."""
        return self.context.naming.name(ResourceKind.DATABRICKS_OBJECT, key)

    def member(
        self,
        name: str,
        application_id: pulumi.Input[str],
        part: str,
        *,
        sql_access: bool | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> pulumi_databricks.ServicePrincipal:
        """An Entra application or a managed identity as a member of the workspace, with entitlements of its own.

        `part` is what people see it as; `opts` are `content()` where nothing else is given.
        """
        return pulumi_databricks.ServicePrincipal(
            name,
            application_id=application_id,
            display_name=self.object_name(part),
            workspace_access=True,
            databricks_sql_access=sql_access,
            # The account may know it already: from the directory, from another workspace, or by its role in Azure.
            force=True,
            # Leaving the workspace must not delete the principal from the account.
            disable_as_user_deletion=True,
            opts=opts or self.content(),
        )

    def content(
        self, *, depends_on: Sequence[pulumi.Resource] = (), retry: str = ANY_OBJECT
    ) -> pulumi.ResourceOptions:
        """Options of a resource inside the workspace: it goes, and is made anew, with the workspace. `retry` is its
        type token where the table of retries has a row for it.

        Set on each resource, never on a component: the real engine hands it down to children, the SDK's mocks
        do not. Without `deleted_with`, destroying would call into a workspace that is gone.
        """
        options = self.child(depends_on=[*self.workspace.federated, *depends_on], retry=retry)
        options.provider = self.workspace.provider
        options.deleted_with = self.workspace.resource
        options.replace_with = [self.workspace.resource]
        return options
