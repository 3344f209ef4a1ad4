"""Who hears of a failed run."""

from __future__ import annotations

import pulumi
from pulumi_azure_native import monitor

from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind


class FailureAlert(Component):
    """Owns the action group of data's failures, and the alert that calls it on any failed pipeline run."""

    def __init__(
        self, emails: list[str], factory: Reference, context: Context, opts: pulumi.ResourceOptions
    ) -> None:
        super().__init__("data:FailureAlert", "data-failure-alert", context, opts)
        name = context.naming.name(ResourceKind.ACTION_GROUP, "data")
        group = monitor.ActionGroup(
            "data-action-group",
            action_group_name=name,
            resource_group_name=context.resource_group.known_name,
            # Not a region: action groups serve from everywhere.
            location="global",
            # Twelve characters at most, shown in messages.
            group_short_name="data",
            enabled=True,
            email_receivers=[
                monitor.MicrosoftCommonEmailReceiverArgs(
                    name=f"email-{number}", email_address=email, use_common_alert_schema=True
                )
                for number, email in enumerate(emails, start=1)
            ],
            tags=self.tags,
            opts=self.child(),
        )
        group_id = context.arm.action_group_id(name)
        self.verify(group_id, group)
        action_group = Reference(group_id, name, (group,))
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
                        # The metric appears with the first run.
                        skip_metric_validation=True,
                    )
                ],
            ),
            actions=[monitor.MetricAlertActionArgs(action_group_id=action_group.known_id)],
            tags=self.tags,
            opts=self.child(),
        )
        self.register_outputs({"action_group_id": group_id})
