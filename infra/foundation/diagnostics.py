"""Diagnostic settings: what each service sends to Log Analytics."""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_azure_native import monitor

from azure_facts.arm_id_parsing import parse_arm_id
from azure_facts.diagnostic_categories import ALL_LOGS, BACKUP_CATEGORIES, DIAGNOSTIC_SUPPORT
from infra.component import Component
from infra.context import Reference
from infra.conventions.name_rules import ResourceKind

_CHOSEN_LOGS: Mapping[str, tuple[str, ...]] = {
    # kube-audit without -admin logs every read: several GB a day on an idle cluster.
    "microsoft.containerservice/managedclusters": (
        "cluster-autoscaler",
        "guard",
        "kube-apiserver",
        "kube-audit-admin",
        "kube-controller-manager",
    ),
    "microsoft.recoveryservices/vaults": BACKUP_CATEGORIES,
    # A setting of single categories cannot become one of a group without an update of every platform.
    "microsoft.synapse/workspaces/bigdatapools": DIAGNOSTIC_SUPPORT[
        "microsoft.synapse/workspaces/bigdatapools"
    ].categories,
    "microsoft.synapse/workspaces/sqlpools": DIAGNOSTIC_SUPPORT[
        "microsoft.synapse/workspaces/sqlpools"
    ].categories,
}
"""Single categories that are sent of a type; of every other type all logs."""
_DEDICATED_TABLES = frozenset(
    {
        "microsoft.datafactory/factories",
        "microsoft.dataprotection/backupvaults",
        "microsoft.network/azurefirewalls",
        "microsoft.recoveryservices/vaults",
    }
)
"""In tables of the service's own instead of the one that all share, whose columns run out (learn.microsoft.com
data-factory monitor-configure-diagnostics), or which takes none of it (backup/backup-azure-diagnostic-events)."""


def send_diagnostics(owner: Component, part: str, target: Reference) -> None:
    """Send what `target`'s type has to say to the environment's Log Analytics workspace.

    Raises KeyError for a type that the table does not know.
    """
    sink = owner.context.log_analytics
    if sink is None:
        return
    resource_type = parse_arm_id(target.id).resource_type.lower()
    support = DIAGNOSTIC_SUPPORT[resource_type]
    logs = [
        monitor.DiagnosticsLogSettingsArgs(category=category, enabled=True)
        for category in _CHOSEN_LOGS.get(resource_type, ())
    ]
    if support.logs and not logs:
        logs = [monitor.DiagnosticsLogSettingsArgs(category_group=ALL_LOGS, enabled=True)]
    monitor.DiagnosticSetting(
        f"diagnostics-{part}",
        name=owner.context.naming.name(ResourceKind.DIAGNOSTIC_SETTING, part),
        resource_uri=target.known_id,
        workspace_id=sink.known_id,
        log_analytics_destination_type="Dedicated" if resource_type in _DEDICATED_TABLES else None,
        logs=logs or None,
        metrics=[monitor.DiagnosticsMetricSettingsArgs(category=support.metrics, enabled=True)]
        if support.metrics
        else None,
        opts=owner.child(),
    )
