"""The Azure Monitor private link scope: the private side of Log Analytics and Application Insights."""

from __future__ import annotations

import pulumi
from pulumi_azure_native import monitor

from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.foundation.observability import Observability
from infra.foundation.private_link import PrivateLink, private_endpoint


class PrivateLinkScope(Component):
    """Owns the scope, what belongs to it, and its endpoint. Only made in private mode.

    Queries and ingestion from the network reach resources of the scope only (PrivateOnly): other Azure Monitor
    resources that people of this network use must be added to the scope.
    """

    def __init__(self, observability: Observability, context: Context, opts: pulumi.ResourceOptions) -> None:
        super().__init__("foundation:PrivateLinkScope", "azure-monitor-private-link", context, opts)
        name = context.naming.name(ResourceKind.PRIVATE_LINK_SCOPE)
        scope = monitor.PrivateLinkScope(
            "azure-monitor-private-link-scope",
            scope_name=name,
            resource_group_name=context.resource_group.known_name,
            location="global",
            access_mode_settings=monitor.AccessModeSettingsArgs(
                ingestion_access_mode=monitor.AccessMode.PRIVATE_ONLY,
                query_access_mode=monitor.AccessMode.PRIVATE_ONLY,
            ),
            tags=self.tags,
            opts=self.child(),
        )
        scope_id = context.arm.private_link_scope_id(name)
        self.verify(scope_id, scope)
        reference = Reference(scope_id, name, (scope,))
        members = [
            self._member(reference, "log-analytics", observability.log_analytics),
            self._member(reference, "application-insights", observability.application_insights),
        ]
        # An endpoint of an empty scope is refused.
        self.reference = reference.after(*members)
        private_endpoint(self, "azure-monitor", self.reference, PrivateLink.AZURE_MONITOR)
        self.register_outputs({"scope_id": scope_id})

    def _member(self, scope: Reference, part: str, linked: Reference) -> monitor.PrivateLinkScopedResource:
        return monitor.PrivateLinkScopedResource(
            f"azure-monitor-private-link-{part}",
            name=part,
            scope_name=scope.known_name,
            resource_group_name=self.context.resource_group.known_name,
            linked_resource_id=linked.known_id,
            opts=self.child(),
        )
