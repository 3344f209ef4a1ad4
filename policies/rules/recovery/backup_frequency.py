"""Backups are made every day."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

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
        allowed=(
            {
                "properties": {
                    "backupManagementType": "AzureStorage",
                    "schedulePolicy": {
                        "schedulePolicyType": "SimpleSchedulePolicy",
                        "scheduleRunFrequency": "Daily",
                    },
                }
            },
        ),
        denied=(
            {
                "properties": {
                    "backupManagementType": "AzureStorage",
                    "schedulePolicy": {
                        "schedulePolicyType": "SimpleSchedulePolicy",
                        "scheduleRunFrequency": "Weekly",
                    },
                }
            },
        ),
        omitted={
            "properties": {
                "backupManagementType": "AzureStorage",
                "schedulePolicy": {"schedulePolicyType": "SimpleSchedulePolicy"},
            }
        },
        unknown={
            "properties": {
                "backupManagementType": "AzureStorage",
                "schedulePolicy": {
                    "schedulePolicyType": "SimpleSchedulePolicy",
                    "scheduleRunFrequency": UNKNOWN_STRING,
                },
            }
        },
    ),
)
