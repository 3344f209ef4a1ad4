"""Diagnostic settings: what each service logs to Log Analytics, as a table, and the setting that sends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi_azure_native import monitor

from azure_facts.arm_id_parsing import parse_arm_id
from infra.component import Component
from infra.context import Reference
from infra.conventions.name_rules import ResourceKind


@dataclass(frozen=True)
class DiagnosticCategories:
    """`groups` are category groups, `logs` single categories; a setting takes one of the two."""

    groups: tuple[str, ...] = ()
    logs: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    dedicated_tables: bool = False
    """In tables of the service's own instead of the one that all share, whose columns run out."""


_ALL_LOGS = ("allLogs",)
_ALL_METRICS = ("AllMetrics",)
_STORAGE = DiagnosticCategories(groups=_ALL_LOGS, metrics=("Transaction",))

DIAGNOSTIC_CATEGORIES: Mapping[str, DiagnosticCategories] = {
    # learn.microsoft.com azure-monitor reference supported-logs and supported-metrics, by ARM type
    "microsoft.app/managedenvironments": DiagnosticCategories(groups=_ALL_LOGS, metrics=_ALL_METRICS),
    "microsoft.cognitiveservices/accounts": DiagnosticCategories(groups=_ALL_LOGS, metrics=_ALL_METRICS),
    "microsoft.containerregistry/registries": DiagnosticCategories(groups=_ALL_LOGS, metrics=_ALL_METRICS),
    "microsoft.containerservice/managedclusters": DiagnosticCategories(
        # kube-audit without -admin logs every read: several GB a day on an idle cluster.
        logs=("cluster-autoscaler", "guard", "kube-apiserver", "kube-audit-admin", "kube-controller-manager"),
        metrics=_ALL_METRICS,
    ),
    # learn.microsoft.com data-factory monitor-configure-diagnostics: ADFPipelineRun, ADFActivityRun, …
    "microsoft.datafactory/factories": DiagnosticCategories(
        groups=_ALL_LOGS, metrics=_ALL_METRICS, dedicated_tables=True
    ),
    "microsoft.databricks/workspaces": DiagnosticCategories(groups=_ALL_LOGS),
    "microsoft.keyvault/vaults": DiagnosticCategories(groups=_ALL_LOGS, metrics=_ALL_METRICS),
    "microsoft.logic/workflows": DiagnosticCategories(groups=_ALL_LOGS, metrics=_ALL_METRICS),
    "microsoft.machinelearningservices/workspaces": DiagnosticCategories(
        groups=_ALL_LOGS, metrics=_ALL_METRICS
    ),
    "microsoft.machinelearningservices/workspaces/onlineendpoints": DiagnosticCategories(
        groups=_ALL_LOGS, metrics=_ALL_METRICS
    ),
    "microsoft.machinelearningservices/registries": DiagnosticCategories(groups=_ALL_LOGS),
    "microsoft.network/natgateways": DiagnosticCategories(metrics=_ALL_METRICS),
    "microsoft.network/networksecuritygroups": DiagnosticCategories(groups=_ALL_LOGS),
    "microsoft.operationalinsights/workspaces": DiagnosticCategories(groups=_ALL_LOGS, metrics=_ALL_METRICS),
    "microsoft.synapse/workspaces": DiagnosticCategories(groups=_ALL_LOGS, metrics=_ALL_METRICS),
    "microsoft.synapse/workspaces/bigdatapools": DiagnosticCategories(
        # The other eleven are Spark's own events, one for each task: GBs for a single training.
        logs=("BigDataPoolAppsEnded",),
        metrics=_ALL_METRICS,
    ),
    "microsoft.synapse/workspaces/sqlpools": DiagnosticCategories(
        logs=("DmsWorkers", "ExecRequests", "RequestSteps", "SQLSecurityAuditEvents", "SqlRequests", "Waits"),
        metrics=_ALL_METRICS,
    ),
    "microsoft.storage/storageaccounts/blobservices": _STORAGE,
    "microsoft.storage/storageaccounts/fileservices": _STORAGE,
    "microsoft.storage/storageaccounts/queueservices": _STORAGE,
    "microsoft.storage/storageaccounts/tableservices": _STORAGE,
}


def send_diagnostics(owner: Component, part: str, target: Reference) -> None:
    """Send what `target`'s type has to say to the environment's Log Analytics workspace.

    Raises KeyError for a type that the table does not know.
    """
    sink = owner.context.log_analytics
    if sink is None:
        return
    categories = DIAGNOSTIC_CATEGORIES[parse_arm_id(target.id).resource_type.lower()]
    logs = [
        monitor.DiagnosticsLogSettingsArgs(category_group=group, enabled=True) for group in categories.groups
    ]
    logs += [
        monitor.DiagnosticsLogSettingsArgs(category=category, enabled=True) for category in categories.logs
    ]
    monitor.DiagnosticSetting(
        f"diagnostics-{part}",
        name=owner.context.naming.name(ResourceKind.DIAGNOSTIC_SETTING, part),
        resource_uri=target.known_id,
        workspace_id=sink.known_id,
        log_analytics_destination_type="Dedicated" if categories.dedicated_tables else None,
        logs=logs or None,
        metrics=[
            monitor.DiagnosticsMetricSettingsArgs(category=metric, enabled=True)
            for metric in categories.metrics
        ]
        or None,
        opts=owner.child(),
    )
