"""The sign-in before an app is switched on."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-CA-007",
    title="The sign-in before an app is switched on",
    severity=Severity.HIGH,
    types=("azure-native:app:ContainerAppsAuthConfig",),
    check=must_be("platform.enabled", True),
    why="A sign-in that is described and not switched on looks like a guard and stops nobody.",
    fix="Set platform.enabled to True",
    anchors=Anchors(benchmark=("IM-1",), azure_policy=("2b585559-a78e-4cc4-b1aa-fb169d2f6b96",)),
    cases=Cases(
        allowed=({"platform": {"enabled": True}},),
        denied=({"platform": {"enabled": False}}, {"platform": {"runtimeVersion": "~1"}}),
        omitted={},
        unknown={"platform": {"enabled": UNKNOWN_STRING}},
    ),
)
