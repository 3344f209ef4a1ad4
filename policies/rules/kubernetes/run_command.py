"""Production's clusters take no commands through Azure Resource Manager."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-KS-042",
    title="Production's clusters take no commands through Azure Resource Manager",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:ManagedCluster",),
    check=must_be("apiServerAccessProfile.disableRunCommand", True),
    why="az aks command invoke reaches a private API server from the internet, with Azure's sign-in alone.",
    fix="Set serving.cluster.run_command: false and use kubectl from the hub",
    anchors=Anchors(
        benchmark=("NS-2", "PA-7"),
        source="learn.microsoft.com aks/access-private-cluster",
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"apiServerAccessProfile": {"disableRunCommand": True}},),
        denied=({"apiServerAccessProfile": {"disableRunCommand": False}},),
        omitted={},
        unknown={"apiServerAccessProfile": {"disableRunCommand": UNKNOWN_STRING}},
    ),
)
