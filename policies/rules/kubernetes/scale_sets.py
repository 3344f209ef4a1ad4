"""Node pools are scale sets."""

from __future__ import annotations

from policies.frame.checks import all_of, must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-KS-016",
    title="Node pools are scale sets",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:AgentPool", "azure-native:containerservice:ManagedCluster"),
    check=all_of(
        must_be("type", "VirtualMachineScaleSets", omitted=True),
        must_be("agentPoolProfiles[].type", "VirtualMachineScaleSets", "VirtualMachines", omitted=True),
    ),
    why="Availability sets retired on 2025-09-30.",
    fix="Set type to VirtualMachineScaleSets",
    anchors=Anchors(benchmark=("BR-1",), psrule=("Azure.AKS.PoolScaleSet",), checkov=("CKV_AZURE_169",)),
    cases=Cases(
        allowed=({"mode": "User", "type": "VirtualMachineScaleSets"},),
        denied=({"mode": "User", "type": "AvailabilitySet"},),
        omitted={"mode": "User"},
        unknown={"mode": "User", "type": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
