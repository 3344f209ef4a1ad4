"""Deleted backups can be brought back, and nobody can switch that off."""

from __future__ import annotations

from policies.frame.checks import all_of, at_least, must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

_STATE = "properties.securitySettings.softDeleteSettings.state"
_DAYS = "properties.securitySettings.softDeleteSettings.retentionDurationInDays"


def _vault(state: str, days: int | str) -> dict[str, object]:
    settings = {"state": state, "retentionDurationInDays": days}
    return {"properties": {"securitySettings": {"softDeleteSettings": settings}}}


RULE = Rule(
    id="AMLP-RC-011",
    title="Deleted backups can be brought back",
    severity=Severity.HIGH,
    types=("azure-native:dataprotection:BackupVault",),
    check=all_of(must_be(_STATE, "AlwaysOn"), at_least(_DAYS, "minimumDays", unit="days")),
    why="Soft delete that is only on can be switched off; an attacker does that first, then deletes the copies.",
    fix="Set the state to AlwaysOn (recovery.lake_backup.soft_delete_days); it cannot be undone",
    anchors=Anchors(
        benchmark=("BR-2",),
        azure_policy=("9798d31d-6028-4dee-8643-46102185c016",),
        source="learn.microsoft.com backup/secure-by-default",
    ),
    thresholds=(Threshold("minimumDays", 14, "days that deleted backups are kept", minimum=14, maximum=180),),
    cases=Cases(
        allowed=(_vault("AlwaysOn", 14),),
        denied=(_vault("On", 14), _vault("Off", 14), _vault("AlwaysOn", 7)),
        omitted={"properties": {}},
        unknown=_vault("AlwaysOn", UNKNOWN_STRING),
    ),
)
