"""Secret scopes are Key Vault-backed."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DO-036",
    title="Secret scopes are Key Vault-backed",
    severity=Severity.HIGH,
    types=("databricks:index/secretScope:SecretScope",),
    check=must_be("backendType", "AZURE_KEYVAULT"),
    why="A scope of Databricks' own has no expiry, no audit log and no firewall.",
    fix="Set keyvault_metadata and backend_type",
    anchors=Anchors(benchmark=("IM-8",), source="learn.microsoft.com databricks security/secrets"),
    cases=Cases(
        allowed=({"backendType": "AZURE_KEYVAULT"},),
        denied=({"backendType": "DATABRICKS"},),
        omitted={},
        unknown={"backendType": UNKNOWN_STRING},
    ),
)
