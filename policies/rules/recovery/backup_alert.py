"""Somebody hears of a backup that failed."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.cases import changed_sample
from policies.frame.judged import Judged, Stack
from policies.frame.paths import values
from policies.frame.rule import UNKNOWN_STRING, Anchors, Sample, Severity, StackCases, StackFinding, StackRule

_LOG_ALERT = "azure-native:monitor:ScheduledQueryRule"
_PROCESSING = "azure-native:alertsmanagement:AlertProcessingRuleByName"
_JOBS = "AddonAzureBackupJobs"


def _check(stack: Stack) -> Iterator[StackFinding]:
    """Azure Backup's own alerts show in the portal and call nobody: an alert processing rule adds the action group.
    A log alert on the jobs is the other way."""
    for vault in stack.of("azure-native:recoveryservices:Vault"):
        silenced = stack.text(
            vault, "properties.monitoringSettings.azureMonitorAlertSettings.alertsForAllJobFailures"
        )
        routed = silenced != "Disabled" and any(stack.of(_PROCESSING))
        if not routed and not any(
            stack.read(alert, _looks_at_jobs, default=True) for alert in stack.of(_LOG_ALERT)
        ):
            yield StackFinding("nobody is told of a backup that failed", vault.urn)


def _looks_at_jobs(alert: Judged) -> bool:
    if alert.value("enabled") is False:
        return False
    queries = values(alert.props, "criteria.allOf[].query")
    return any(isinstance(query, str) and _JOBS in query for _, query in queries)


_VAULT = Sample("azure-native:recoveryservices:Vault", {"vaultName": "rsv", "properties": {}})
_ALERT = Sample(
    _LOG_ALERT,
    {
        "enabled": True,
        "criteria": {"allOf": [{"query": 'AddonAzureBackupJobs | where JobStatus == "Failed"'}]},
    },
    name="alert",
)

RULE = StackRule(
    id="AMLP-RC-017",
    title="Somebody hears of a backup that failed",
    severity=Severity.MEDIUM,
    check=_check,
    why="A backup that has failed for a month looks like one that works, until it is needed.",
    fix="Give monitoring.emails, which adds an alert on the vault's jobs",
    anchors=Anchors(benchmark=("BR-3",), source="learn.microsoft.com backup/backup-azure-monitoring-alerts"),
    cases=StackCases(
        allowed=(_VAULT, _ALERT),
        denied=(_VAULT, changed_sample(_ALERT, {"enabled": False})),
        omitted=(_VAULT,),
        unknown=(_VAULT, changed_sample(_ALERT, {"criteria.allOf[0].query": UNKNOWN_STRING})),
    ),
)
