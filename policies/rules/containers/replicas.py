"""Container apps have a ceiling."""

from __future__ import annotations

from policies.frame.checks import at_most
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-CA-003",
    title="Container apps have a ceiling",
    severity=Severity.MEDIUM,
    types=("azure-native:app:ContainerApp",),
    check=at_most("template.scale.maxReplicas", "maximumReplicas", unit="replicas"),
    why="A burst of requests becomes a burst of cost.",
    fix="Set template.scale.max_replicas",
    anchors=Anchors(benchmark=("AM-3",), source="learn.microsoft.com container-apps scale-app"),
    thresholds=(Threshold("maximumReplicas", 10, "replicas of one app", minimum=1, maximum=1000),),
    cases=Cases(
        allowed=({"template": {"scale": {"maxReplicas": 5}}},),
        denied=({"template": {"scale": {"maxReplicas": 300}}},),
        omitted={},
        unknown={"template": {"scale": {"maxReplicas": UNKNOWN_STRING}}},
    ),
)
