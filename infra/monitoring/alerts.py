"""The action group, and the alerts that call it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pulumi
from pulumi_azure_native import monitor

from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.foundation.action_group import email_action_group
from infra.monitoring.log_alerts import log_alert, log_rules
from infra.monitoring.targets import Targets
from infra.settings import monitoring as settings_of

SINGLE_RESOURCE = "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria"


@dataclass(frozen=True)
class MetricRule:
    """One metric of one resource, and when it is too much."""

    key: str
    scope: Reference
    namespace: str
    metric: str
    aggregation: monitor.AggregationTypeEnum
    threshold: float
    window: str
    severity: int
    description: str
    only: tuple[str, str] | None = None
    """A dimension and the value that counts; `*` is each value by itself."""


class Alerts(Component):
    """Owns who is told (the action group) and of what. Does not own what is watched.

    The services' own logs and metrics must flow: each service has its diagnostics.
    """

    def __init__(
        self,
        settings: settings_of.Monitoring,
        targets: Targets,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("monitoring:Alerts", "alerts", context, opts)
        self.action_group = email_action_group(
            self, "action-group", "platform", context.environment.workload[:12], settings.emails
        )
        for rule in metric_rules(settings, targets):
            self._metric_alert(rule)
        for alert in log_rules(settings, targets):
            log_alert(
                self,
                alert.key,
                targets.log_analytics,
                self.action_group,
                query=alert.query,
                more_than=alert.more_than,
                every_minutes=alert.every_minutes,
                description=alert.description,
            )
        self.register_outputs({"action_group_id": self.action_group.id})

    def _metric_alert(self, rule: MetricRule) -> None:
        monitor.MetricAlert(
            f"alert-{rule.key}",
            rule_name=self.context.naming.name(ResourceKind.METRIC_ALERT, rule.key),
            resource_group_name=self.context.resource_group.known_name,
            location="global",
            description=rule.description,
            enabled=True,
            severity=rule.severity,
            auto_mitigate=True,
            scopes=[rule.scope.known_id],
            evaluation_frequency="PT5M",
            window_size=rule.window,
            criteria=monitor.MetricAlertSingleResourceMultipleMetricCriteriaArgs(
                odata_type=SINGLE_RESOURCE,
                all_of=[
                    monitor.MetricCriteriaArgs(
                        criterion_type="StaticThresholdCriterion",
                        name=rule.key,
                        metric_namespace=rule.namespace,
                        metric_name=rule.metric,
                        operator=monitor.Operator.GREATER_THAN,
                        threshold=rule.threshold,
                        time_aggregation=rule.aggregation,
                        dimensions=(
                            [
                                monitor.MetricDimensionArgs(
                                    name=rule.only[0], operator="Include", values=[rule.only[1]]
                                )
                            ]
                            if rule.only
                            else None
                        ),
                        # A metric appears with its first value: an endpoint that nobody called has none.
                        skip_metric_validation=True,
                    )
                ],
            ),
            actions=[monitor.MetricAlertActionArgs(action_group_id=self.action_group.known_id)],
            tags=self.tags,
            opts=self.child(),
        )


def metric_rules(settings: settings_of.Monitoring, targets: Targets) -> Iterator[MetricRule]:
    """Names, aggregations and dimensions of metrics: learn.microsoft.com azure-monitor supported-metrics, by ARM type
    (workspaces, workspaces/onlineEndpoints, managedClusters)."""
    yield from _endpoint_rules(settings, targets)
    if targets.ml_workspace:
        yield from _workspace_rules(settings, targets.ml_workspace)
    for key, app in targets.container_apps.items():
        yield from _app_rules(settings, key, app)
    if targets.kubernetes:
        yield from _node_rules(settings, targets.kubernetes)


def _endpoint_rules(settings: settings_of.Monitoring, targets: Targets) -> Iterator[MetricRule]:
    average = monitor.AggregationTypeEnum.AVERAGE
    for key, endpoint in targets.managed_endpoints.items():
        namespace = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints"
        yield MetricRule(
            f"{key}-errors",
            endpoint,
            namespace,
            "RequestsPerMinute",
            average,
            settings.failed_requests_per_minute,
            "PT5M",
            1,
            f"Endpoint {key} answers with errors",
            only=("statusCodeClass", "5xx"),
        )
        yield MetricRule(
            f"{key}-latency",
            endpoint,
            namespace,
            "RequestLatency_P95",
            average,
            settings.latency_milliseconds,
            "PT15M",
            2,
            f"Endpoint {key} answers slowly",
        )


def _workspace_rules(settings: settings_of.Monitoring, workspace: Reference) -> Iterator[MetricRule]:
    namespace = "Microsoft.MachineLearningServices/workspaces"
    yield MetricRule(
        "failed-ml-runs",
        workspace,
        namespace,
        "Failed Runs",
        monitor.AggregationTypeEnum.TOTAL,
        settings.failed_jobs,
        "PT1H",
        2,
        "Azure ML runs failed",
    )
    yield MetricRule(
        "ml-quota",
        workspace,
        namespace,
        "Quota Utilization Percentage",
        monitor.AggregationTypeEnum.MAXIMUM,
        settings.quota_percent,
        "PT1H",
        3,
        "The workspace's core quota is nearly used up",
    )


def _app_rules(settings: settings_of.Monitoring, key: str, app: Reference) -> Iterator[MetricRule]:
    """An app that sleeps has no values, and no alert: nobody waits for it."""
    namespace = "Microsoft.App/containerApps"
    yield MetricRule(
        f"app-{key}-errors",
        app,
        namespace,
        "Requests",
        monitor.AggregationTypeEnum.TOTAL,
        settings.failed_requests_per_minute * 5,
        "PT5M",
        1,
        f"App {key} answers with errors",
        only=("statusCodeCategory", "5xx"),
    )
    yield MetricRule(
        f"app-{key}-latency",
        app,
        namespace,
        "ResponseTime",
        monitor.AggregationTypeEnum.AVERAGE,
        settings.latency_milliseconds,
        "PT15M",
        2,
        f"App {key} answers slowly",
    )
    yield MetricRule(
        f"app-{key}-restarts",
        app,
        namespace,
        "RestartCount",
        monitor.AggregationTypeEnum.MAXIMUM,
        3,
        "PT15M",
        2,
        f"App {key} starts again and again",
    )


def _node_rules(settings: settings_of.Monitoring, cluster: Reference) -> Iterator[MetricRule]:
    for resource, metric in (
        ("cpu", "node_cpu_usage_percentage"),
        ("memory", "node_memory_working_set_percentage"),
    ):
        yield MetricRule(
            f"node-{resource}",
            cluster,
            "Microsoft.ContainerService/managedClusters",
            metric,
            monitor.AggregationTypeEnum.AVERAGE,
            settings.node_percent,
            "PT15M",
            2,
            f"Nodes are short of {resource}",
            # Pool by pool: idle system nodes would hide busy scoring nodes in one average.
            only=("nodepool", "*"),
        )
