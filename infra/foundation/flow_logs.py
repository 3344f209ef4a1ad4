"""The flow log of the platform's network."""

from __future__ import annotations

import pulumi
from pulumi_azure_native import network

from azure_facts.arm_id_parsing import parse_arm_id
from azure_facts.arm_ids import child_id
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.settings import flow_logs as settings_of


class FlowLogs(Component):
    """Owns one flow log: of the network, because those of security groups can no longer be made. Does not own the
    Network Watcher, which Azure made, nor the account it writes to.

    Azure cannot change later: its name and its target.
    """

    def __init__(
        self,
        settings: settings_of.FlowLogs,
        target: Reference,
        log_analytics: Reference,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("foundation:FlowLogs", "flow-logs", context, opts)
        watcher = parse_arm_id(settings.network_watcher_id)
        name = context.naming.name(ResourceKind.FLOW_LOG)
        flow_log = network.FlowLog(
            "flow-log",
            flow_log_name=name,
            network_watcher_name=watcher.name,
            resource_group_name=watcher.resource_group or "",
            location=context.azure.location,
            target_resource_id=target.known_id,
            storage_id=settings.storage_account_id,
            enabled=True,
            format=network.FlowLogFormatParametersArgs(type=network.FlowLogFormatType.JSON, version=2),
            retention_policy=network.RetentionPolicyParametersArgs(
                enabled=True, days=settings.retention_days
            ),
            identity=network.ManagedServiceIdentityArgs(
                type=network.ResourceIdentityType.USER_ASSIGNED,
                user_assigned_identities=[settings.identity_id],
            )
            if settings.identity_id
            else None,
            flow_analytics_configuration=_analytics(settings.analysed_every, log_analytics, context),
            tags=self.tags,
            opts=self.child(immutable=["targetResourceId"]),
        )
        flow_log_id = child_id(watcher.text, "flowLogs", name)
        self.verify(flow_log_id, flow_log)
        self.register_outputs({"flow_log_id": flow_log_id})


def _analytics(
    every: int | None, log_analytics: Reference, context: Context
) -> network.TrafficAnalyticsPropertiesArgs | None:
    if every is None:
        return None
    return network.TrafficAnalyticsPropertiesArgs(
        network_watcher_flow_analytics_configuration=network.TrafficAnalyticsConfigurationPropertiesArgs(
            enabled=True,
            traffic_analytics_interval=every,
            workspace_resource_id=log_analytics.known_id,
            workspace_region=context.azure.location,
        )
    )
