"""Access to the whole resource group."""

from __future__ import annotations

import pulumi

from infra.access.grants import grant_personas
from infra.access.table import AccessScope
from infra.component import Component
from infra.context import Context


class ResourceGroupAccess(Component):
    """Owns the personas' role assignments on the resource group. Narrower scopes own theirs."""

    def __init__(self, context: Context, opts: pulumi.ResourceOptions) -> None:
        super().__init__("access:ResourceGroupAccess", "access", context, opts)
        assignments = grant_personas(self, AccessScope.RESOURCE_GROUP, context.resource_group)
        self.register_outputs({"role_assignments": len(assignments)})
