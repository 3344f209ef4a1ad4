"""Copies in a backup vault are made every day and go back far enough."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.paths import values
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

_DAYS_OF = {"D": 1, "W": 7, "M": 30, "Y": 365}
_LIMIT = "minimumDays"


def _days(duration: object) -> int:
    """Of an ISO 8601 duration in one unit, the form that Azure Backup takes; 0 of anything else."""
    found = re.fullmatch(r"P(\d+)([DWMY])", duration) if isinstance(duration, str) else None
    return int(found[1]) * _DAYS_OF[found[2]] if found else 0


def _check(judged: Judged) -> Iterator[str]:
    kept = False
    for rule in judged.items("properties.policyRules"):
        if rule.get("objectType") == "AzureRetentionRule" and rule.get("isDefault") is True:
            kept = True
            for _, duration in values(rule, "lifecycles[].deleteAfter.duration"):
                if _days(duration) < judged.limit(_LIMIT):
                    yield f"copies are kept for less than {judged.limit(_LIMIT)} days"
        if rule.get("objectType") == "AzureBackupRule":
            for _, interval in values(rule, "trigger.schedule.repeatingTimeIntervals[]"):
                if not (isinstance(interval, str) and interval.endswith("/P1D")):
                    yield "a copy is not made every day"
    if not kept:
        yield "no retention rule is the default one, so nothing says how long copies are kept"


def _policy(duration: str, interval: str = "R/2026-01-01T01:00:00+00:00/P1D") -> dict[str, object]:
    return {
        "properties": {
            "policyRules": [
                {
                    "objectType": "AzureRetentionRule",
                    "isDefault": True,
                    "lifecycles": [{"deleteAfter": {"duration": duration}}],
                },
                {
                    "objectType": "AzureBackupRule",
                    "trigger": {"schedule": {"repeatingTimeIntervals": [interval]}},
                },
            ]
        }
    }


RULE = Rule(
    id="AMLP-RC-013",
    title="Copies in a backup vault are daily and go back far enough",
    severity=Severity.MEDIUM,
    types=("azure-native:dataprotection:BackupPolicy",),
    check=_check,
    why="Damage to a table is found weeks after it was done.",
    fix="Raise recovery.lake_backup.retention_days; keep the schedule daily",
    anchors=Anchors(
        benchmark=("BR-1",),
        source="learn.microsoft.com backup/azure-data-lake-storage-backup-create-policy-quickstart",
    ),
    thresholds=(Threshold(_LIMIT, 30, "days that copies are kept", minimum=1, maximum=3650),),
    cases=Cases(
        allowed=(_policy("P30D"), _policy("P3M")),
        denied=(_policy("P7D"), _policy("P30D", "R/2026-01-01T01:00:00+00:00/P1W")),
        omitted={"properties": {"policyRules": []}},
        unknown=_policy(UNKNOWN_STRING),
    ),
)
