"""Lifecycle rules are switched on."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

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
        allowed=(
            {
                "policy": {
                    "rules": [
                        {"name": "r", "type": "Lifecycle", "definition": {"actions": {}}, "enabled": True}
                    ]
                }
            },
        ),
        denied=(
            {
                "policy": {
                    "rules": [
                        {"name": "r", "type": "Lifecycle", "definition": {"actions": {}}, "enabled": False}
                    ]
                }
            },
        ),
        omitted={"policy": {"rules": [{"name": "r", "type": "Lifecycle", "definition": {"actions": {}}}]}},
        unknown={
            "policy": {
                "rules": [
                    {
                        "name": "r",
                        "type": "Lifecycle",
                        "definition": {"actions": {}},
                        "enabled": UNKNOWN_STRING,
                    }
                ]
            }
        },
        omitted_is=Outcome.PASSED,
    ),
)
