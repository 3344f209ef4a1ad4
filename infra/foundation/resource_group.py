"""The resource group of the environment."""

from __future__ import annotations

import pulumi
from pulumi_azure_native import resources

from infra.component import Component
from infra.context import Context


class ResourceGroup(Component):
    """Owns the resource group. Does not own access to it (`infra.access.resource_group`).

    It has no lock: a lock is inherited and would stop `up` from removing any child.
    Azure cannot change a resource group's name or location later.
    """

    def __init__(self, context: Context, opts: pulumi.ResourceOptions) -> None:
        super().__init__("foundation:ResourceGroup", "resource-group", context, opts)
        planned = context.resource_group
        group = resources.ResourceGroup(
            "resource-group",
            resource_group_name=planned.name,
            location=context.azure.location,
            tags=self.tags,
            opts=self.stateful_child(),
        )
        self.verify(planned.id, group)
        self.reference = planned.after(group)
        self.register_outputs({"resource_group_id": self.reference.id})
