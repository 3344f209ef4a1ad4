"""Each grant says why."""

from __future__ import annotations

from policies.frame.checks import must_have
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-AC-006",
    title="Each grant says why",
    severity=Severity.LOW,
    types=("azure-native:authorization:RoleAssignment",),
    check=must_have("description"),
    why="In a year nobody dares to take a right away that has no reason.",
    fix="Set description: who, for what",
    anchors=Anchors(
        benchmark=("PA-7",), source="learn.microsoft.com role-based-access-control/role-assignments-portal"
    ),
    cases=Cases(
        allowed=({"description": "ml_engineer: runs jobs"},),
        denied=({"description": ""},),
        omitted={},
        unknown={"description": UNKNOWN_STRING},
    ),
)
