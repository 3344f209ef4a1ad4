"""Azure Policy watches what runs in the cluster."""

from __future__ import annotations

from policies.frame.checks import must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-KS-026",
    title="Azure Policy watches what runs in the cluster",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:ManagedCluster",),
    check=must_not_be("addonProfiles.azurepolicy.enabled", False),
    why="Without the add-on nothing stops a privileged container.",
    fix="Leave addon_profiles.azurepolicy enabled",
    anchors=Anchors(
        benchmark=("PV-2",),
        azure_policy=("0a15ec92-a229-4763-bb14-0ea34a568f8d",),
        psrule=("Azure.AKS.AzurePolicyAddOn",),
    ),
    cases=Cases(
        allowed=({"addonProfiles": {"azurepolicy": {"enabled": True}}},),
        denied=({"addonProfiles": {"azurepolicy": {"enabled": False}}},),
        omitted={"addonProfiles": {}},
        unknown={"addonProfiles": {"azurepolicy": {"enabled": UNKNOWN_STRING}}},
        omitted_is=Outcome.PASSED,
    ),
)
