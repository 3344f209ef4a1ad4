"""The personas inside the workspace, and who may do what with an object."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pulumi
import pulumi_databricks

from infra.access.databricks_table import DatabricksGroup, databricks_groups
from infra.context import Context
from infra.conventions.known import known
from infra.databricks.content import WorkspaceContent
from infra.databricks.service_principal import JobsServicePrincipal
from infra.databricks.workspace import Workspace
from infra.settings.access import Persona


class Groups(WorkspaceContent):
    """Owns the groups' membership of the workspace and their entitlements. Does not own who is in a group.

    Who they are and what they are entitled to is the access table's (`infra.access.databricks_table`). An Entra
    group is an account group that the workspace is assigned; its members follow the directory.
    """

    def __init__(
        self,
        workspace_local: Collection[Persona],
        principal: JobsServicePrincipal,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        """`workspace_local`: personas whose group the workspace makes."""
        super().__init__("databricks:Groups", "databricks-groups", workspace, context, opts)
        self.principal = principal
        self.names: dict[Persona, pulumi.Output[str]] = {}
        made: dict[str, pulumi.Output[str]] = {}
        given = databricks_groups(context.access, context.environment.kind, context.naming)
        for persona, group in given.items():
            # Personas that are one Entra group share its one membership.
            if group.object_id not in made:
                made[group.object_id] = self._group(persona, group, local=persona in workspace_local)
            self.names[persona] = made[group.object_id]
        self.register_outputs({"groups": sorted(group.name for group in given.values())})

    def _group(self, persona: Persona, group: DatabricksGroup, *, local: bool) -> pulumi.Output[str]:
        name = f"databricks-group-{persona.replace('_', '-')}"
        if local:
            member = pulumi_databricks.Group(name, display_name=group.name, opts=self.content())
            group_id = member.id
        else:
            member = pulumi_databricks.PermissionAssignment(
                name, group_name=group.name, permissions=["USER"], opts=self.content()
            )
            group_id = member.principal_id
        entitled = group.entitlements
        # The two others are refused beside workspace_consume, even as false (docs/resources/entitlements.md of
        # the Terraform provider).
        consumer = entitled.workspace_consume
        pulumi_databricks.Entitlements(
            f"{name}-entitlements",
            group_id=group_id,
            workspace_access=None if consumer else entitled.workspace_access,
            databricks_sql_access=None if consumer else entitled.databricks_sql_access,
            allow_cluster_create=entitled.allow_cluster_create,
            allow_instance_pool_create=entitled.allow_instance_pool_create,
            workspace_consume=True if consumer else None,
            opts=self.content(),
        )
        return known(group.name, member)

    def entries(
        self, people: Mapping[Persona, str], *, jobs: str | None = None
    ) -> list[pulumi_databricks.PermissionsAccessControlArgs]:
        """The whole access control of one object: each persona's level, and the jobs' principal's.

        `Permissions` overwrites what it does not list, so an object has one. Admins are never listed, and the
        deployer stays the owner.
        """
        entries = [self.principal.may(jobs)] if jobs else []
        return entries + [
            pulumi_databricks.PermissionsAccessControlArgs(
                group_name=self.names[persona], permission_level=level
            )
            for persona, level in sorted(people.items())
        ]
