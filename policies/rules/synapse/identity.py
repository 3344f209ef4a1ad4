"""Synapse has an identity."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-SY-008",
    title="Synapse has an identity",
    severity=Severity.MEDIUM,
    types=("azure-native:synapse:Workspace",),
    check=must_be("identity.type", "SystemAssigned", "SystemAssigned,UserAssigned"),
    why="Without one, SQL reads the lake with the caller's rights or with keys.",
    fix="Set identity.type to SystemAssigned",
    anchors=Anchors(
        benchmark=("IM-3",), source="learn.microsoft.com synapse-analytics synapse-service-identity"
    ),
    cases=Cases(
        allowed=({"identity": {"type": "SystemAssigned"}},),
        denied=({"identity": {"type": "None"}},),
        omitted={},
        unknown={"identity": {"type": UNKNOWN_STRING}},
    ),
)
