"""No deployment deletes what it does not name."""

from __future__ import annotations

from policies.frame.checks import must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-RC-008",
    title="No deployment deletes what it does not name",
    severity=Severity.CRITICAL,
    types=("azure-native:resources:Deployment", "azure-native:resources:DeploymentAtSubscriptionScope"),
    check=must_not_be("properties.mode", "Complete"),
    why="In complete mode a template of one resource deletes every other one of the group.",
    fix="Set properties.mode to Incremental",
    anchors=Anchors(
        benchmark=("BR-2",), source="learn.microsoft.com azure-resource-manager templates/deployment-modes"
    ),
    cases=Cases(
        allowed=({"properties": {"mode": "Incremental"}},),
        denied=({"properties": {"mode": "Complete"}},),
        omitted={"properties": {}},
        unknown={"properties": {"mode": UNKNOWN_STRING}},
        omitted_is=Outcome.PASSED,
    ),
)
