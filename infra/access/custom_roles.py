"""The platform's own roles, defined in the environment's resource group."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
from pulumi_azure_native import authorization

from azure_facts.arm_ids import role_definition_id
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.custom_roles import CUSTOM_ROLES, CustomRole, custom_role_guid, custom_role_name


class CustomRoles(Component):
    """Owns the role definitions. Does not own who has them (`infra.access.table`).

    They can be assigned in this resource group only. The deployer of a new or changed one needs
    Microsoft.Authorization/roleDefinitions/write, which neither Contributor nor Role Based Access Control
    Administrator has (docs/bootstrap.md).
    Azure cannot change later: a definition's GUID, which follows from resource group and key.
    """

    def __init__(self, context: Context, opts: pulumi.ResourceOptions) -> None:
        super().__init__("access:CustomRoles", "custom-roles", context, opts)
        self.references: Mapping[CustomRole, Reference] = {role: self._define(role) for role in CustomRole}
        self.register_outputs({"role_definitions": {role: ref.id for role, ref in self.references.items()}})

    def _define(self, role: CustomRole) -> Reference:
        context, environment = self.context, self.context.environment
        scope = context.resource_group
        definition = CUSTOM_ROLES[role]
        guid = custom_role_guid(role, scope.id)
        further = context.access.custom_role_actions.get(role, [])
        resource = authorization.RoleDefinition(
            f"role-{role}",
            role_definition_id=guid,
            scope=scope.known_id,
            role_name=custom_role_name(role, environment.workload, environment.name),
            role_type="CustomRole",
            description=definition.description,
            assignable_scopes=[scope.known_id],
            permissions=[
                authorization.PermissionArgs(
                    actions=list(dict.fromkeys((*definition.actions, *further))),
                    not_actions=[],
                    data_actions=[],
                    not_data_actions=[],
                )
            ],
            opts=self.child(),
        )
        # Assignments name a role by its subscription's id, wherever in it the role is defined.
        return Reference(role_definition_id(context.azure.subscription_id, guid), guid, (resource,))
