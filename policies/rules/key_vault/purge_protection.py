"""Key vaults cannot be purged."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-KV-001",
    title="Key vaults cannot be purged",
    severity=Severity.CRITICAL,
    types=("azure-native:keyvault:Vault",),
    check=must_be("properties.enablePurgeProtection", True),
    why="A purged vault takes its keys with it, and with them everything encrypted by them.",
    fix="Set enable_purge_protection=True (it can never be taken back)",
    anchors=Anchors(
        benchmark=("DP-8",),
        azure_policy=("0b60c0b2-2dc2-4e1c-b5c9-abbed971de53",),
        psrule=("Azure.KeyVault.PurgeProtect",),
        checkov=("CKV_AZURE_110", "CKV_AZURE_42"),
    ),
    cases=Cases(
        allowed=({"properties": {"enablePurgeProtection": True}},),
        denied=({"properties": {"enablePurgeProtection": False}},),
        omitted={},
        unknown={"properties": {"enablePurgeProtection": UNKNOWN_STRING}},
    ),
)
