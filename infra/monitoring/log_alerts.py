"""Alerts on what logs say, where there is no metric."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pulumi_azure_native import monitor

from infra.component import Component
from infra.context import Reference
from infra.conventions.name_rules import ResourceKind
from infra.monitoring.targets import Targets
from infra.settings import monitoring as settings_of

FAILED_DATABRICKS_RUNS = 'DatabricksJobs | where ActionName == "runFailed"'
"""A run that timed out is one too (learn.microsoft.com azure-databricks audit-logs, jobs events)."""

FAILED_BACKUPS = (
    'AddonAzureBackupJobs | where _ResourceId !contains "/backupvaults/" and JobOperation == "Backup"'
    ' and JobStatus == "Failed"'
)
"""learn.microsoft.com backup/backup-azure-reports-data-model. Azure Backup's own alerts call nobody without an alert
processing rule, which covers whole subscriptions in the portal's way."""
_LAKE_BACKUPS = (
    'AddonAzureBackupJobs | where _ResourceId contains "/backupvaults/" and JobOperation == "Backup"'
    " | summarize arg_max(TimeGenerated, *) by JobUniqueId"
)
"""Recovery services vaults write to the same table (azure_facts.data_lake_backup, JOB_QUERY)."""
FAILED_LAKE_BACKUPS = f'{_LAKE_BACKUPS} | where JobStatus == "Failed"'
NO_LAKE_BACKUP = f'{_LAKE_BACKUPS} | summarize Made = countif(JobStatus == "Completed") | where Made == 0'
"""Also where somebody stopped the backup: then no job fails."""
A_DAY = 24 * 60


@dataclass(frozen=True)
class LogRule:
    """A query that finds more rows in its minutes than it should."""

    key: str
    query: str
    more_than: int
    every_minutes: int
    description: str


def log_rules(settings: settings_of.Monitoring, targets: Targets) -> Iterator[LogRule]:
    """What has no metric. An endpoint on Kubernetes has none: its monitoring is the owner's (learn.microsoft.com
    concept-endpoints-online), and its deployments report each request to Application Insights."""
    if targets.has_databricks:
        yield LogRule(
            "failed-databricks-runs",
            FAILED_DATABRICKS_RUNS,
            settings.failed_jobs,
            60,
            "Databricks job runs failed",
        )
    if targets.has_backups:
        yield LogRule("failed-backups", FAILED_BACKUPS, 0, 24 * 60, "A backup of the notebooks failed")
    if targets.has_lake_backup:
        yield LogRule("failed-lake-backups", FAILED_LAKE_BACKUPS, 0, 60, "A copy of the lake failed")
        yield LogRule(
            "missing-lake-backups", NO_LAKE_BACKUP, 0, A_DAY, "No copy of the lake was made in a day"
        )
    if targets.scores_on_kubernetes:
        yield LogRule(
            "kubernetes-errors",
            'AppRequests | where ResultCode startswith "5"',
            settings.failed_requests_per_minute * 5,
            5,
            "Endpoints on Kubernetes answer with errors",
        )
        yield LogRule(
            "kubernetes-latency",
            "AppRequests | summarize P95 = percentile(DurationMs, 95)"
            f" | where P95 > {settings.latency_milliseconds}",
            0,
            15,
            "Endpoints on Kubernetes answer slowly",
        )


def log_alert(
    owner: Component,
    key: str,
    log_analytics: Reference,
    action_group: Reference,
    *,
    query: str,
    more_than: int,
    every_minutes: int,
    description: str,
) -> Reference:
    """Fires once when the query finds more rows, and resolves itself when it no longer does."""
    context = owner.context
    name = context.naming.name(ResourceKind.LOG_ALERT, key)
    rule = monitor.ScheduledQueryRule(
        f"log-alert-{key}",
        rule_name=name,
        resource_group_name=context.resource_group.known_name,
        location=context.azure.location,
        kind=monitor.Kind.LOG_ALERT,
        description=description,
        enabled=True,
        severity=2,
        auto_mitigate=True,
        scopes=[log_analytics.known_id],
        evaluation_frequency=f"PT{every_minutes}M",
        window_size=f"PT{every_minutes}M",
        # A table appears with its first row.
        skip_query_validation=True,
        criteria=monitor.ScheduledQueryRuleCriteriaArgs(
            all_of=[
                monitor.ConditionArgs(
                    query=query,
                    time_aggregation=monitor.TimeAggregation.COUNT,
                    # The SDK's ConditionOperator is another service's of that name: its GREATER_THAN says "gt".
                    operator="GreaterThan",
                    threshold=more_than,
                    failing_periods=monitor.ConditionFailingPeriodsArgs(
                        min_failing_periods_to_alert=1, number_of_evaluation_periods=1
                    ),
                )
            ]
        ),
        actions=monitor.ActionsArgs(action_groups=[action_group.known_id]),
        tags=owner.tags,
        opts=owner.child(),
    )
    rule_id = context.arm.resource_id("Microsoft.Insights", "scheduledQueryRules", name)
    owner.verify(rule_id, rule)
    return Reference(rule_id, name, (rule,))
