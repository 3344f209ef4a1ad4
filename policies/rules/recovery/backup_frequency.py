"""Backups are made every day."""

from __future__ import annotations

from policies.frame.cases import REMOVED, changed
from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_CORRECT = {
    "properties": {
        "backupManagementType": "AzureStorage",
        "schedulePolicy": {
            "schedulePolicyType": "SimpleSchedulePolicy",
            "scheduleRunFrequency": "Daily",
        },
    }
}

RULE = Rule(
    id="AMLP-RC-003",
    title="Backups are made every day",
    severity=Severity.MEDIUM,
    types=("azure-native:recoveryservices:ProtectionPolicy",),
    check=must_be("properties.schedulePolicy.scheduleRunFrequency", "Daily", "Hourly"),
    why="A weekly backup loses a week of notebooks.",
    fix="Set schedule_run_frequency to Daily",
    anchors=Anchors(
        benchmark=("BR-1",), source="learn.microsoft.com backup azure-file-share-backup-overview"
    ),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(changed(_CORRECT, {"properties.schedulePolicy.scheduleRunFrequency": "Weekly"}),),
        omitted=changed(_CORRECT, {"properties.schedulePolicy.scheduleRunFrequency": REMOVED}),
        unknown=changed(_CORRECT, {"properties.schedulePolicy.scheduleRunFrequency": UNKNOWN_STRING}),
    ),
)
