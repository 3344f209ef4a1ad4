"""Data factories have an identity."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DF-002",
    title="Data factories have an identity",
    severity=Severity.MEDIUM,
    types=("azure-native:datafactory:Factory",),
    check=must_be("identity.type", "SystemAssigned", "UserAssigned", "SystemAssigned,UserAssigned"),
    why="Without one, every linked service needs a secret.",
    fix="Set identity.type",
    anchors=Anchors(benchmark=("IM-3",), azure_policy=("f78ccdb4-7bf4-4106-8647-270491d2978a",)),
    cases=Cases(
        allowed=({"identity": {"type": "SystemAssigned"}},),
        denied=({"identity": {"type": ""}},),
        omitted={},
        unknown={"identity": {"type": UNKNOWN_STRING}},
    ),
)
