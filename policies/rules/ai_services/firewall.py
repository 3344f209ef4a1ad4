"""AI services' firewalls deny what no rule allows."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-AI-002",
    title="AI services' firewalls deny what no rule allows",
    severity=Severity.MEDIUM,
    types=("azure-native:cognitiveservices:Account",),
    check=must_be("properties.networkAcls.defaultAction", "Deny"),
    why="In dev too, only listed addresses reach the account.",
    fix="Set network_acls.default_action to Deny",
    anchors=Anchors(benchmark=("NS-2",), azure_policy=("037eea7a-bd0a-46c5-9a66-03aea78705d3",)),
    cases=Cases(
        allowed=({"properties": {"networkAcls": {"defaultAction": "Deny"}}},),
        denied=({"properties": {"networkAcls": {"defaultAction": "Allow"}}},),
        omitted={},
        unknown={"properties": {"networkAcls": {"defaultAction": UNKNOWN_STRING}}},
    ),
)
