"""Log workspaces refuse shared keys."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-MN-002",
    title="Log workspaces refuse shared keys",
    severity=Severity.MEDIUM,
    types=("azure-native:operationalinsights:Workspace",),
    check=must_be("features.disableLocalAuth", True),
    why="With the workspace key anybody can write false logs.",
    fix="Set features.disable_local_auth=True",
    anchors=Anchors(benchmark=("IM-1",), azure_policy=("e15effd4-2278-4c65-a0da-4d6f6d1890e2",)),
    cases=Cases(
        allowed=({"features": {"disableLocalAuth": True}},),
        denied=({"features": {"disableLocalAuth": False}},),
        omitted={},
        unknown={"features": {"disableLocalAuth": UNKNOWN_STRING}},
    ),
)
