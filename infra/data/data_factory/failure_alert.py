"""Who hears of a failed run."""

from __future__ import annotations

import pulumi
from pulumi_azure_native import monitor

from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.foundation.action_group import email_action_group


class FailureAlert(Component):
    """Owns the action group of data's failures, and the alert that calls it on a failed run of any pipeline."""

    def __init__(
        self, emails: list[str], factory: Reference, context: Context, opts: pulumi.ResourceOptions
    ) -> None:
        super().__init__("data:FailureAlert", "data-failure-alert", context, opts)
        action_group = email_action_group(self, "data-action-group", "data", "data", emails)
        monitor.MetricAlert(
            "failed-pipelines",
            rule_name=context.naming.name(ResourceKind.METRIC_ALERT, "failed-pipelines"),
            resource_group_name=context.resource_group.known_name,
            location="global",
            description="A pipeline of the data factory failed",
            enabled=True,
            severity=1,
            auto_mitigate=True,
            scopes=[factory.known_id],
            evaluation_frequency="PT1M",
            window_size="PT5M",
            criteria=monitor.MetricAlertSingleResourceMultipleMetricCriteriaArgs(
                odata_type="Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
                all_of=[
                    monitor.MetricCriteriaArgs(
                        criterion_type="StaticThresholdCriterion",
                        name="failed-runs",
                        # learn.microsoft.com azure-monitor supported-metrics microsoft-datafactory-factories-metrics
                        metric_namespace="Microsoft.DataFactory/factories",
                        metric_name="PipelineFailedRuns",
                        operator=monitor.Operator.GREATER_THAN,
                        threshold=0,
                        time_aggregation=monitor.AggregationTypeEnum.TOTAL,
                        # One alert for each pipeline, which then says which one failed.
                        dimensions=[
                            monitor.MetricDimensionArgs(name="Name", operator="Include", values=["*"])
                        ],
                        # The metric appears with the first run.
                        skip_metric_validation=True,
                    )
                ],
            ),
            actions=[monitor.MetricAlertActionArgs(action_group_id=action_group.known_id)],
            tags=self.tags,
            opts=self.child(),
        )
        self.register_outputs({"action_group_id": action_group.id})
