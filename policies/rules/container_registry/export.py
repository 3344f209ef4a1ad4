"""Images of a closed registry are copied to no other registry."""

from __future__ import annotations

from policies.frame.checks import must_be, where
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_CLOSED = {"publicNetworkAccess": "Disabled"}

RULE = Rule(
    id="AMLP-CR-021",
    title="Images of a closed registry are copied to no other registry",
    severity=Severity.MEDIUM,
    types=("azure-native:containerregistry:Registry",),
    check=where("publicNetworkAccess", "Disabled", must_be("policies.exportPolicy.status", "disabled")),
    why="az acr import bypasses the private endpoint: every reader can copy all images out of the network.",
    fix="Set ml.workspace.container_registry.export: false (a registry with public access cannot)",
    anchors=Anchors(
        benchmark=("DP-2",),
        azure_policy=("524b0254-c285-4903-bee6-bb8126cde579",),
        psrule=("Azure.ACR.ExportPolicy",),
    ),
    cases=Cases(
        allowed=({**_CLOSED, "policies": {"exportPolicy": {"status": "disabled"}}},),
        denied=({**_CLOSED, "policies": {"exportPolicy": {"status": "enabled"}}},),
        omitted=_CLOSED,
        unknown={**_CLOSED, "policies": {"exportPolicy": {"status": UNKNOWN_STRING}}},
    ),
)
