"""The personas inside the workspace, and who may do what with an object."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.conventions.known import known
from infra.databricks.content import WorkspaceContent
from infra.databricks.service_principal import JobsServicePrincipal
from infra.databricks.workspace import Workspace
from infra.settings.access import Persona
from infra.settings.databricks.permissions import Entitlement, Group


class Groups(WorkspaceContent):
    """Owns the groups' membership of the workspace and their entitlements. Does not own who is in a group.

    An Entra group is an account group that the workspace is assigned; its members follow the directory.
    """

    def __init__(
        self,
        settings: Mapping[Persona, Group],
        principal: JobsServicePrincipal,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("databricks:Groups", "databricks-groups", workspace, context, opts)
        self.principal = principal
        self.names: dict[Persona, pulumi.Output[str]] = {}
        made: dict[str, pulumi.Output[str]] = {}
        for persona, group in settings.items():
            # Personas that are one Entra group share its one membership.
            if group.name not in made:
                entitled = {
                    entitlement
                    for other in settings.values()
                    if other.name == group.name
                    for entitlement in other.entitlements
                }
                made[group.name] = self._group(persona, group, frozenset(entitled))
            self.names[persona] = made[group.name]
        self.register_outputs({"groups": sorted(made)})

    def _group(
        self, persona: Persona, settings: Group, entitled: frozenset[Entitlement]
    ) -> pulumi.Output[str]:
        name = f"databricks-group-{persona.replace('_', '-')}"
        if settings.workspace_local:
            member = pulumi_databricks.Group(name, display_name=settings.name, opts=self.content())
            group_id = member.id
        else:
            member = pulumi_databricks.PermissionAssignment(
                name, group_name=settings.name, permissions=["USER"], opts=self.content()
            )
            group_id = member.principal_id
        pulumi_databricks.Entitlements(
            f"{name}-entitlements",
            group_id=group_id,
            workspace_access=Entitlement.WORKSPACE_ACCESS in entitled,
            databricks_sql_access=Entitlement.SQL_ACCESS in entitled,
            allow_cluster_create=Entitlement.ALLOW_CLUSTER_CREATE in entitled,
            allow_instance_pool_create=Entitlement.ALLOW_INSTANCE_POOL_CREATE in entitled,
            opts=self.content(),
        )
        return known(settings.name, member)

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
