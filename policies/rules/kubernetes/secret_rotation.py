"""Clusters read secrets from Key Vault and read them again."""

from __future__ import annotations

from policies.frame.cases import changed
from policies.frame.checks import all_of, must_be, must_not_be, where
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_CORRECT = {
    "addonProfiles": {
        "azureKeyvaultSecretsProvider": {
            "enabled": True,
            "config": {"enableSecretRotation": "true"},
        }
    }
}

RULE = Rule(
    id="AMLP-KS-027",
    title="Clusters read secrets from Key Vault and read them again",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:ManagedCluster",),
    check=all_of(
        must_not_be("addonProfiles.azureKeyvaultSecretsProvider.enabled", False),
        where(
            "addonProfiles.azureKeyvaultSecretsProvider.enabled",
            True,
            must_be("addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation", "true"),
        ),
    ),
    why="A secret that was rotated in the vault only still opens with its old value in the pods.",
    fix="Enable the add-on with enableSecretRotation",
    anchors=Anchors(
        benchmark=("IM-8",),
        psrule=("Azure.AKS.SecretStore", "Azure.AKS.SecretStoreRotation"),
        checkov=("CKV_AZURE_172",),
    ),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(
            changed(
                _CORRECT, {"addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation": "false"}
            ),
        ),
        omitted={"addonProfiles": {"azureKeyvaultSecretsProvider": {"enabled": True}}},
        unknown=changed(
            _CORRECT,
            {"addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation": UNKNOWN_STRING},
        ),
    ),
)
