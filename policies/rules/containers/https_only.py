"""Container apps answer over HTTPS only."""

from __future__ import annotations

from policies.frame.checks import must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-CA-001",
    title="Container apps answer over HTTPS only",
    severity=Severity.HIGH,
    types=("azure-native:app:ContainerApp",),
    check=must_not_be("configuration.ingress.allowInsecure", True),
    why="Over HTTP the session can be read on the way.",
    fix="Leave allow_insecure off",
    anchors=Anchors(benchmark=("DP-3",), azure_policy=("0e80e269-43a4-4ae9-b5bc-178126b8a5cb",)),
    cases=Cases(
        allowed=({"configuration": {"ingress": {"targetPort": 80, "allowInsecure": False}}},),
        denied=({"configuration": {"ingress": {"targetPort": 80, "allowInsecure": True}}},),
        omitted={"configuration": {"ingress": {"targetPort": 80}}},
        unknown={"configuration": {"ingress": {"targetPort": 80, "allowInsecure": UNKNOWN_STRING}}},
        omitted_is=Outcome.PASSED,
    ),
)
