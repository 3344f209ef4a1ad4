"""Synapse sends data to approved targets only."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-SY-004",
    title="Synapse sends data to approved targets only",
    severity=Severity.HIGH,
    types=("azure-native:synapse:Workspace",),
    check=must_be("managedVirtualNetworkSettings.preventDataExfiltration", True),
    why="A notebook could copy the lake to another tenant.",
    fix="Set prevent_data_exfiltration=True before the first deployment",
    anchors=Anchors(
        benchmark=("NS-2", "DP-2"),
        azure_policy=("3484ce98-c0c5-4c83-994b-c5ac24785218",),
        checkov=("CKV_AZURE_157",),
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"managedVirtualNetworkSettings": {"preventDataExfiltration": True}},),
        denied=({"managedVirtualNetworkSettings": {"preventDataExfiltration": False}},),
        omitted={},
        unknown={"managedVirtualNetworkSettings": {"preventDataExfiltration": UNKNOWN_STRING}},
    ),
)
