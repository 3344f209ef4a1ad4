"""Synapse runs in a managed network."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-SY-003",
    title="Synapse runs in a managed network",
    severity=Severity.MEDIUM,
    types=("azure-native:synapse:Workspace",),
    check=must_be("managedVirtualNetwork", "default"),
    why="It can be chosen only at creation.",
    fix="Set managed_virtual_network to default",
    anchors=Anchors(
        benchmark=("NS-2",), azure_policy=("2d9dbfa3-927b-4cf0-9d0f-08747f971650",), checkov=("CKV_AZURE_58",)
    ),
    cases=Cases(
        allowed=({"managedVirtualNetwork": "default"},),
        denied=({"managedVirtualNetwork": ""},),
        omitted={},
        unknown={"managedVirtualNetwork": UNKNOWN_STRING},
    ),
)
