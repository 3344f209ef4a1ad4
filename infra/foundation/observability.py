"""Log Analytics and Application Insights, each created or given."""

from __future__ import annotations

import pulumi
from pulumi_azure_native import applicationinsights, operationalinsights

from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.foundation.lock import lock
from infra.settings import observability as settings_of


class Observability(Component):
    """Owns where logs and traces go. Does not own who logs there.

    Azure cannot change later: names and locations. A deleted Log Analytics workspace keeps its name for 14 days.
    """

    def __init__(
        self, settings: settings_of.Observability, context: Context, opts: pulumi.ResourceOptions
    ) -> None:
        super().__init__("foundation:Observability", "observability", context, opts)
        self.log_analytics = self._log_analytics(settings.log_analytics)
        self.application_insights = self._application_insights(settings.application_insights)
        self.register_outputs(
            {
                "log_analytics_id": self.log_analytics.id,
                "application_insights_id": self.application_insights.id,
            }
        )

    def _log_analytics(self, settings: settings_of.LogAnalytics) -> Reference:
        if settings.existing_resource_id:
            return Reference.to_existing(settings.existing_resource_id)
        context = self.context
        name = context.naming.name(ResourceKind.LOG_ANALYTICS, generation=settings.generation)
        workspace_id = context.arm.log_analytics_id(name)
        workspace = operationalinsights.Workspace(
            "log-analytics",
            workspace_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            sku=operationalinsights.WorkspaceSkuArgs(
                name=operationalinsights.WorkspaceSkuNameEnum.PER_GB2018
            ),
            retention_in_days=settings.retention_days,
            workspace_capping=operationalinsights.WorkspaceCappingArgs(daily_quota_gb=settings.daily_quota_gb)
            if settings.daily_quota_gb is not None
            else None,
            # Closed with the rest in private mode: the private link scope is the way in.
            public_network_access_for_ingestion=context.public_access,
            public_network_access_for_query=context.public_access,
            features=operationalinsights.WorkspaceFeaturesArgs(
                disable_local_auth=True, enable_log_access_using_only_resource_permissions=True
            ),
            tags=self.tags,
            opts=self.stateful_child(immutable=["location"]),
        )
        self.verify(workspace_id, workspace)
        reference = Reference(workspace_id, name, (workspace,))
        lock(self, "log-analytics", reference)
        return reference

    def _application_insights(self, settings: settings_of.ApplicationInsights) -> Reference:
        if settings.existing_resource_id:
            return Reference.to_existing(settings.existing_resource_id)
        context = self.context
        name = context.naming.name(ResourceKind.APPLICATION_INSIGHTS, generation=settings.generation)
        component_id = context.arm.application_insights_id(name)
        component = applicationinsights.Component(
            "application-insights",
            resource_name_=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            kind="web",
            application_type=applicationinsights.ApplicationType.WEB,
            # Classic Application Insights was retired on 2024-02-29: workspace-based is the only kind left.
            ingestion_mode=applicationinsights.IngestionMode.LOG_ANALYTICS,
            public_network_access_for_ingestion=context.public_access,
            public_network_access_for_query=context.public_access,
            workspace_resource_id=self.log_analytics.known_id,
            tags=self.tags,
            opts=self.stateful_child(),
        )
        self.verify(component_id, component)
        return Reference(component_id, name, (component,))
