"""Deployments read no secrets from the vault."""

from __future__ import annotations

from policies.frame.checks import all_of, must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-KV-007",
    title="Deployments read no secrets from the vault",
    severity=Severity.MEDIUM,
    types=("azure-native:keyvault:Vault",),
    check=all_of(
        *(
            must_not_be(f"properties.{name}", True)
            for name in ("enabledForDeployment", "enabledForDiskEncryption", "enabledForTemplateDeployment")
        )
    ),
    why="Each of these switches lets a resource provider read secrets past the role assignments.",
    fix="Leave the enabled_for_* switches off",
    anchors=Anchors(benchmark=("PA-7",), source="learn.microsoft.com key-vault general/rbac-guide"),
    cases=Cases(
        allowed=({"properties": {"tenantId": "t", "enabledForDeployment": False}},),
        denied=({"properties": {"tenantId": "t", "enabledForDeployment": True}},),
        omitted={"properties": {"tenantId": "t"}},
        unknown={"properties": {"tenantId": "t", "enabledForDeployment": UNKNOWN_STRING}},
        omitted_is=Outcome.PASSED,
    ),
)
