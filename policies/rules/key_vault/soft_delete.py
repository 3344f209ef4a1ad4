"""Deleted vaults can be recovered."""

from __future__ import annotations

from policies.frame.checks import must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-KV-002",
    title="Deleted vaults can be recovered",
    severity=Severity.HIGH,
    types=("azure-native:keyvault:Vault",),
    check=must_not_be("properties.enableSoftDelete", False),
    why="Soft delete is what purge protection protects.",
    fix="Leave enable_soft_delete at true",
    anchors=Anchors(
        benchmark=("DP-8",),
        azure_policy=("1e66c121-a66a-4b1f-9b83-0fd99bf0fc2d",),
        psrule=("Azure.KeyVault.SoftDelete",),
        checkov=("CKV_AZURE_111",),
    ),
    cases=Cases(
        allowed=({"properties": {"tenantId": "t", "enableSoftDelete": True}},),
        denied=({"properties": {"tenantId": "t", "enableSoftDelete": False}},),
        omitted={"properties": {"tenantId": "t"}},
        unknown={"properties": {"tenantId": "t", "enableSoftDelete": UNKNOWN_STRING}},
        omitted_is=Outcome.PASSED,
    ),
)
