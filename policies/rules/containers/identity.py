"""Container apps have an identity."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-CA-002",
    title="Container apps have an identity",
    severity=Severity.MEDIUM,
    types=("azure-native:app:ContainerApp",),
    check=must_be("identity.type", "UserAssigned", "SystemAssigned", "SystemAssigned,UserAssigned"),
    why="Without one, calling the scoring endpoint needs a key.",
    fix="Set identity",
    anchors=Anchors(benchmark=("IM-3",), azure_policy=("b874ab2d-72dd-47f1-8cb5-4a306478a4e7",)),
    cases=Cases(
        allowed=({"identity": {"type": "UserAssigned"}},),
        denied=({"identity": {"type": "None"}},),
        omitted={},
        unknown={"identity": {"type": UNKNOWN_STRING}},
    ),
)
