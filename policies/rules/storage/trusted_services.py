"""Trusted Azure services pass the storage firewall."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ST-018",
    title="Trusted Azure services pass the storage firewall",
    severity=Severity.MEDIUM,
    types=("azure-native:storage:StorageAccount",),
    check=must_be("networkRuleSet.bypass", "AzureServices", "Logging, Metrics, AzureServices"),
    why=(
        "Backup, Azure Monitor and Machine Learning reach the account as trusted services; without "
        "the exception backups stop silently."
    ),
    fix="Set network_rule_set.bypass to AzureServices",
    anchors=Anchors(
        benchmark=("BR-2",), azure_policy=("c9d007d0-c057-4772-b18c-01e546713bcd",), checkov=("CKV_AZURE_36",)
    ),
    cases=Cases(
        allowed=({"networkRuleSet": {"bypass": "AzureServices"}},),
        denied=(
            {"networkRuleSet": {"bypass": "None"}},
            {"networkRuleSet": {"bypass": "Logging"}},
        ),
        omitted={},
        unknown={"networkRuleSet": {"bypass": UNKNOWN_STRING}},
    ),
)
