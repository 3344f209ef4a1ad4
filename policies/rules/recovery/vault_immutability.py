"""Nobody empties a backup vault before its recovery points expire."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-RC-010",
    title="Production's backup vaults are immutable, and the immutability is locked",
    severity=Severity.HIGH,
    types=("azure-native:dataprotection:BackupVault",),
    check=must_be("properties.securitySettings.immutabilitySettings.state", "Locked"),
    why="Who may change the vault switches an immutability off that is not locked, and deletes the copies.",
    fix="Lock it (recovery.lake_backup.immutability: locked); it cannot be undone",
    anchors=Anchors(
        benchmark=("BR-2",),
        azure_policy=("2514263b-bc0d-4b06-ac3e-f262c0979018",),
        source="learn.microsoft.com backup/backup-azure-immutable-vault-concept",
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"properties": {"securitySettings": {"immutabilitySettings": {"state": "Locked"}}}},),
        denied=(
            {"properties": {"securitySettings": {"immutabilitySettings": {"state": "Unlocked"}}}},
            {"properties": {"securitySettings": {"immutabilitySettings": {"state": "Disabled"}}}},
        ),
        omitted={"properties": {}},
        unknown={"properties": {"securitySettings": {"immutabilitySettings": {"state": UNKNOWN_STRING}}}},
    ),
)
