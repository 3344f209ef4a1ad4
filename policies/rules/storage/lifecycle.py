"""Lifecycle rules are switched on."""

from __future__ import annotations

from policies.frame.cases import changed
from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_CORRECT = {
    "policy": {"rules": [{"name": "r", "type": "Lifecycle", "definition": {"actions": {}}, "enabled": True}]}
}

RULE = Rule(
    id="AMLP-ST-022",
    title="Lifecycle rules are switched on",
    severity=Severity.LOW,
    types=("azure-native:storage:ManagementPolicy",),
    check=must_be("policy.rules[].enabled", True, omitted=True),
    why="A rule that is off keeps every landing file for ever, at the price of hot storage.",
    fix="Set enabled=True, or take the rule out",
    anchors=Anchors(
        benchmark=("AM-3",), source="learn.microsoft.com storage/blobs/lifecycle-management-overview"
    ),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(changed(_CORRECT, {"policy.rules[0].enabled": False}),),
        omitted={"policy": {"rules": [{"name": "r", "type": "Lifecycle", "definition": {"actions": {}}}]}},
        unknown=changed(_CORRECT, {"policy.rules[0].enabled": UNKNOWN_STRING}),
        omitted_is=Outcome.PASSED,
    ),
)
