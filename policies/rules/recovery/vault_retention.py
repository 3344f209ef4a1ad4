"""Copies in a backup vault are made every day and go back far enough."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from policies.frame.judged import Judged
from policies.frame.paths import values
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

_DAYS_OF = {"D": 1, "W": 7, "M": 30, "Y": 365}
_LIMIT = "minimumDays"
_STORE = "VaultStore"


def _days(duration: object) -> int:
    """Of an ISO 8601 duration in one unit, the form that Azure Backup takes; 0 of anything else."""
    found = re.fullmatch(r"P(\d+)([DWMY])", duration) if isinstance(duration, str) else None
    return int(found[1]) * _DAYS_OF[found[2]] if found else 0


def _check(judged: Judged) -> Iterator[str]:
    rules = list(judged.items("properties.policyRules"))
    kept = [
        rule for rule in rules if rule.get("objectType") == "AzureRetentionRule" and rule.get("isDefault")
    ]
    for rule in kept:
        yield from _kept(rule, judged.limit(_LIMIT))
    for rule in rules:
        if rule.get("objectType") == "AzureBackupRule":
            yield from _made(rule)
    if not kept:
        yield "no retention rule is the default one, so nothing says how long copies are kept"


def _kept(rule: Mapping[str, object], days: int) -> Iterator[str]:
    for _, store in values(rule, "lifecycles[].sourceDataStore.dataStoreType"):
        if store != _STORE:
            yield f"copies are kept in {store}, outside the vault"
    for _, duration in values(rule, "lifecycles[].deleteAfter.duration"):
        if _days(duration) < days:
            yield f"copies are kept for less than {days} days"


def _made(rule: Mapping[str, object]) -> Iterator[str]:
    if [store for _, store in values(rule, "dataStore.dataStoreType")] != [_STORE]:
        yield "copies are made outside the vault"
    if True not in [default for _, default in values(rule, "trigger.taggingCriteria[].isDefault")]:
        yield "copies get no retention rule: no tag is the default one"
    for _, interval in values(rule, "trigger.schedule.repeatingTimeIntervals[]"):
        if not (isinstance(interval, str) and interval.endswith("/P1D")):
            yield "a copy is not made every day"


def _policy(
    duration: str,
    interval: str = "R/2026-01-01T01:00:00+00:00/P1D",
    store: str = _STORE,
    *,
    tagged: bool = True,
) -> dict[str, object]:
    kept = {
        "objectType": "AzureRetentionRule",
        "isDefault": True,
        "lifecycles": [{"deleteAfter": {"duration": duration}, "sourceDataStore": {"dataStoreType": store}}],
    }
    made = {
        "objectType": "AzureBackupRule",
        "dataStore": {"dataStoreType": store},
        "trigger": {
            "schedule": {"repeatingTimeIntervals": [interval]},
            "taggingCriteria": [{"isDefault": tagged}],
        },
    }
    return {"properties": {"policyRules": [kept, made]}}


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
        denied=(
            _policy("P7D"),
            _policy("P30D", "R/2026-01-01T01:00:00+00:00/P1W"),
            _policy("P30D", store="OperationalStore"),
            _policy("P30D", tagged=False),
        ),
        omitted={"properties": {"policyRules": []}},
        unknown=_policy(UNKNOWN_STRING),
    ),
)
