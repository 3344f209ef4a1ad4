"""Clusters have no HTTP application routing."""

from __future__ import annotations

from policies.frame.checks import must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-KS-024",
    title="Clusters have no HTTP application routing",
    severity=Severity.HIGH,
    types=("azure-native:containerservice:ManagedCluster",),
    check=must_not_be("addonProfiles.httpApplicationRouting.enabled", True),
    why="The add-on publishes services over HTTP and is retired.",
    fix="Leave the add-on off",
    anchors=Anchors(benchmark=("DP-3",), psrule=("Azure.AKS.HttpAppRouting",)),
    cases=Cases(
        allowed=({"addonProfiles": {"httpApplicationRouting": {"enabled": False}}},),
        denied=({"addonProfiles": {"httpApplicationRouting": {"enabled": True}}},),
        omitted={"addonProfiles": {}},
        unknown={"addonProfiles": {"httpApplicationRouting": {"enabled": UNKNOWN_STRING}}},
        omitted_is=Outcome.PASSED,
    ),
)
