"""Backups go back far enough."""

from __future__ import annotations

from policies.frame.cases import REMOVED, changed
from policies.frame.checks import at_least
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

_CORRECT = {
    "properties": {
        "backupManagementType": "AzureStorage",
        "retentionPolicy": {
            "retentionPolicyType": "LongTermRetentionPolicy",
            "dailySchedule": {"retentionDuration": {"count": 90}},
        },
    }
}

RULE = Rule(
    id="AMLP-RC-002",
    title="Backups go back far enough",
    severity=Severity.MEDIUM,
    types=("azure-native:recoveryservices:ProtectionPolicy",),
    check=at_least(
        "properties.retentionPolicy.dailySchedule.retentionDuration.count", "minimumDays", unit="days"
    ),
    why="Damage to a notebook is found weeks after it was done.",
    fix="Raise retention_duration.count",
    anchors=Anchors(benchmark=("BR-1",), azure_policy=("cfc5190a-3b19-4a23-b563-a4c719b666e4",)),
    thresholds=(Threshold("minimumDays", 30, "days that backups are kept", minimum=1, maximum=9999),),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(changed(_CORRECT, {"properties.retentionPolicy.dailySchedule.retentionDuration.count": 1}),),
        omitted=changed(_CORRECT, {"properties.retentionPolicy.dailySchedule": REMOVED}),
        unknown=changed(
            _CORRECT, {"properties.retentionPolicy.dailySchedule.retentionDuration.count": UNKNOWN_STRING}
        ),
    ),
)
