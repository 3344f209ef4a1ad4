"""Deleted secrets stay long enough to be missed."""

from __future__ import annotations

from policies.frame.checks import at_least
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-KV-003",
    title="Deleted secrets stay long enough to be missed",
    severity=Severity.MEDIUM,
    types=("azure-native:keyvault:Vault",),
    check=at_least("properties.softDeleteRetentionInDays", "minimumDays", unit="days"),
    why="The retention can be chosen only at creation.",
    fix="Set soft_delete_retention_in_days",
    anchors=Anchors(benchmark=("DP-8",), psrule=("Azure.KeyVault.SoftDelete",)),
    thresholds=(
        Threshold("minimumDays", 90, "days a deleted vault or secret is kept", minimum=7, maximum=90),
    ),
    cases=Cases(
        allowed=({"properties": {"softDeleteRetentionInDays": 90}},),
        denied=(
            {"properties": {"softDeleteRetentionInDays": 7}},
            {"properties": {"softDeleteRetentionInDays": 30}},
        ),
        omitted={},
        unknown={"properties": {"softDeleteRetentionInDays": UNKNOWN_STRING}},
    ),
)
