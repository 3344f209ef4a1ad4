"""User-assigned identities: one for each purpose, so that each has only the grants of that purpose."""

from __future__ import annotations

from pulumi_azure_native import managedidentity

from infra.access.principal import Principal
from infra.component import Component
from infra.context import Reference
from infra.conventions.name_rules import ResourceKind


class Identity:
    """One user-assigned identity and the ways to point at it.

    Owns the identity; does not own its grants, which belong to the resource that they open.
    """

    def __init__(self, owner: Component, purpose: str) -> None:
        context = owner.context
        name = context.naming.name(ResourceKind.USER_ASSIGNED_IDENTITY, purpose)
        self.id = context.arm.user_assigned_identity_id(name)
        self.resource = managedidentity.UserAssignedIdentity(
            f"{purpose}-identity",
            resource_name_=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            tags=owner.tags,
            opts=owner.child(),
        )
        owner.verify(self.id, self.resource)
        self.reference = Reference(self.id, name, (self.resource,))
        self.principal = Principal(self.id, self.resource.principal_id, "ServicePrincipal")
