"""Endpoints in our network to what jobs read of other environments that are private."""

from __future__ import annotations

import pulumi

from infra.component import Component
from infra.context import Context, Reference
from infra.foundation.private_link import link_to, requested_endpoint
from infra.settings.cross_environment import targets_read


class ReadEndpoints(Component):
    """Owns the requests for private endpoints to other environments' accounts and registries.

    Does not own what they lead to, nor the right to read it: its owner approves each request and lets the jobs'
    identity in (docs/network.md).
    """

    def __init__(self, context: Context, opts: pulumi.ResourceOptions) -> None:
        super().__init__("foundation:ReadEndpoints", "read-endpoints", context, opts)
        targets = list(
            targets_read(
                context.access, context.environment, context.azure, lambda reads: reads.network_endpoints
            )
        )
        for target in targets:
            service = link_to(target.resource_id, target.part)
            reference = Reference.to_existing(target.resource_id)
            requested_endpoint(self, f"read-{target.name}", reference, service)
        self.register_outputs({"read": sorted(target.name for target in targets)})
