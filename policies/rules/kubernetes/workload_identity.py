"""Pods sign in with workload identity."""

from __future__ import annotations

from policies.frame.cases import changed
from policies.frame.checks import all_of, must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_CORRECT = {
    "oidcIssuerProfile": {"enabled": True},
    "securityProfile": {"workloadIdentity": {"enabled": True}},
}

RULE = Rule(
    id="AMLP-KS-010",
    title="Pods sign in with workload identity",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:ManagedCluster",),
    check=all_of(
        must_be("oidcIssuerProfile.enabled", True), must_be("securityProfile.workloadIdentity.enabled", True)
    ),
    why="Otherwise pods share the node's identity, or carry secrets.",
    fix="Enable oidc_issuer_profile and security_profile.workload_identity",
    anchors=Anchors(benchmark=("IM-3",), azure_policy=("2cc2e023-0dac-4046-875b-178f683929d5",)),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(
            changed(_CORRECT, {"oidcIssuerProfile.enabled": False}),
            changed(_CORRECT, {"securityProfile.workloadIdentity.enabled": False}),
        ),
        omitted={},
        unknown=changed(_CORRECT, {"oidcIssuerProfile.enabled": UNKNOWN_STRING}),
    ),
)
