"""What containers in the cluster print, in Log Analytics."""

from __future__ import annotations

import pulumi
from pulumi_azure_native import monitor

from azure_facts import container_insights
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.settings import serving_cluster as settings_of

_DESTINATION = "log-analytics"


class ContainerLogs(Component):
    """Owns what Container Insights collects of the cluster, and in private mode the endpoint that tells the agent so.

    Does not own the add-on, which is a part of the cluster, nor a private link scope that is given: its owner adds the
    endpoint there (docs/scoring.md).
    """

    def __init__(
        self,
        settings: settings_of.ContainerLogs,
        cluster: Reference,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("serving:ContainerLogs", "container-logs", context, opts)
        rule = self._rule(settings)
        monitor.DataCollectionRuleAssociation(
            "container-logs-association",
            association_name=container_insights.RULE_ASSOCIATION,
            resource_uri=cluster.known_id,
            data_collection_rule_id=rule.known_id,
            description="What Container Insights collects; without it nothing is",
            opts=self.child(),
        )
        self.endpoint = self._endpoint(cluster) if context.private else None
        self.register_outputs({"rule_id": rule.id})

    def _rule(self, settings: settings_of.ContainerLogs) -> Reference:
        context = self.context
        logs = context.log_analytics
        assert logs is not None  # of a stack with a cluster, which has everything that comes before it
        name = context.naming.name(ResourceKind.DATA_COLLECTION_RULE, "containers")
        streams = list(container_insights.LOG_STREAMS)
        rule = monitor.DataCollectionRule(
            "container-logs-rule",
            data_collection_rule_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            kind=monitor.KnownDataCollectionRuleResourceKind.LINUX,
            data_sources=monitor.DataCollectionRuleDataSourcesArgs(
                extensions=[
                    monitor.ExtensionDataSourceArgs(
                        name=container_insights.RULE_ASSOCIATION,
                        extension_name=container_insights.EXTENSION,
                        streams=streams,
                        extension_settings={
                            "dataCollectionSettings": {
                                "interval": "1m",
                                "namespaceFilteringMode": "Include" if settings.namespaces else "Off",
                                "namespaces": list(settings.namespaces),
                                "enableContainerLogV2": True,
                            }
                        },
                    )
                ]
            ),
            destinations=monitor.DataCollectionRuleDestinationsArgs(
                log_analytics=[
                    monitor.LogAnalyticsDestinationArgs(
                        name=_DESTINATION, workspace_resource_id=logs.known_id
                    )
                ]
            ),
            data_flows=[monitor.DataFlowArgs(streams=streams, destinations=[_DESTINATION])],
            tags=self.tags,
            opts=self.child(),
        )
        rule_id = context.arm.resource_id("Microsoft.Insights", "dataCollectionRules", name)
        self.verify(rule_id, rule)
        return Reference(rule_id, name, (rule,))

    def _endpoint(self, cluster: Reference) -> Reference:
        """Where the agent takes its configuration from, since the public one does not answer inside the scope."""
        context = self.context
        name = context.naming.name(ResourceKind.DATA_COLLECTION_ENDPOINT, "aks")
        endpoint = monitor.DataCollectionEndpoint(
            "container-logs-endpoint",
            data_collection_endpoint_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            kind=monitor.KnownDataCollectionEndpointResourceKind.LINUX,
            network_acls=monitor.DataCollectionEndpointNetworkAclsArgs(
                public_network_access=monitor.KnownPublicNetworkAccessOptions.DISABLED
            ),
            tags=self.tags,
            opts=self.child(),
        )
        endpoint_id = context.arm.resource_id("Microsoft.Insights", "dataCollectionEndpoints", name)
        self.verify(endpoint_id, endpoint)
        reference = Reference(endpoint_id, name, (endpoint,))
        scope = context.private.private_link_scope if context.private else None
        if scope and scope.prerequisites:
            member = monitor.PrivateLinkScopedResource(
                "container-logs-endpoint-in-scope",
                name="container-logs",
                scope_name=scope.known_name,
                resource_group_name=context.resource_group.known_name,
                linked_resource_id=reference.known_id,
                opts=self.child(),
            )
            reference = reference.after(member)
        monitor.DataCollectionRuleAssociation(
            "container-logs-endpoint-association",
            association_name=container_insights.ENDPOINT_ASSOCIATION,
            resource_uri=cluster.known_id,
            data_collection_endpoint_id=reference.known_id,
            description="Where the agent takes its configuration from",
            opts=self.child(),
        )
        return reference
