"""Key vaults are opened by role assignments."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-KV-004",
    title="Key vaults are opened by role assignments",
    severity=Severity.HIGH,
    types=("azure-native:keyvault:Vault",),
    check=must_be("properties.enableRbacAuthorization", True),
    why="With access policies, anybody who may change the vault can give himself access to its secrets.",
    fix="Set enable_rbac_authorization=True",
    anchors=Anchors(
        benchmark=("PA-7",),
        azure_policy=("12d4fa5e-1f9f-4c21-97a9-b99b3c6611b5",),
        psrule=("Azure.KeyVault.RBAC",),
    ),
    cases=Cases(
        allowed=({"properties": {"enableRbacAuthorization": True}},),
        denied=({"properties": {"enableRbacAuthorization": False}},),
        omitted={},
        unknown={"properties": {"enableRbacAuthorization": UNKNOWN_STRING}},
    ),
)
