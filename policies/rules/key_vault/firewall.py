"""Key vault firewalls deny what no rule allows."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-KV-006",
    title="Key vault firewalls deny what no rule allows",
    severity=Severity.HIGH,
    types=("azure-native:keyvault:Vault",),
    check=must_be("properties.networkAcls.defaultAction", "Deny"),
    why="In dev too, only listed addresses reach the vault.",
    fix="Set network_acls.default_action to Deny",
    anchors=Anchors(
        benchmark=("NS-2", "DP-8"),
        azure_policy=("55615ac9-af46-4a59-874e-391cc3dfb490",),
        psrule=("Azure.KeyVault.Firewall",),
        checkov=("CKV_AZURE_109",),
    ),
    cases=Cases(
        allowed=({"properties": {"networkAcls": {"defaultAction": "Deny"}}},),
        denied=({"properties": {"networkAcls": {"defaultAction": "Allow"}}},),
        omitted={},
        unknown={"properties": {"networkAcls": {"defaultAction": UNKNOWN_STRING}}},
    ),
)
