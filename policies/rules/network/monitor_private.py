"""Production telemetry goes over private link only."""

from __future__ import annotations

from policies.frame.checks import all_of, must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-NW-007",
    title="Production telemetry goes over private link only",
    severity=Severity.MEDIUM,
    types=("azure-native:monitor:PrivateLinkScope",),
    check=all_of(
        must_be("accessModeSettings.ingestionAccessMode", "PrivateOnly"),
        must_be("accessModeSettings.queryAccessMode", "PrivateOnly"),
    ),
    why="In open mode the network reaches everybody's workspaces, ours or not.",
    fix="Set both access modes to PrivateOnly",
    anchors=Anchors(benchmark=("NS-2",), source="learn.microsoft.com azure-monitor logs/private-link-design"),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=(
            {"accessModeSettings": {"ingestionAccessMode": "PrivateOnly", "queryAccessMode": "PrivateOnly"}},
        ),
        denied=(
            {"accessModeSettings": {"ingestionAccessMode": "Open", "queryAccessMode": "PrivateOnly"}},
            {"accessModeSettings": {"ingestionAccessMode": "PrivateOnly", "queryAccessMode": "Open"}},
        ),
        omitted={},
        unknown={
            "accessModeSettings": {"ingestionAccessMode": UNKNOWN_STRING, "queryAccessMode": "PrivateOnly"}
        },
    ),
)
