"""Container apps rest when nobody asks."""

from __future__ import annotations

from policies.frame.checks import at_most
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-CA-015",
    title="Container apps rest when nobody asks",
    severity=Severity.MEDIUM,
    types=("azure-native:app:ContainerApp",),
    check=at_most("template.scale.minReplicas", "idleReplicas", omitted=True, unit="replicas"),
    why="What runs without a request costs day and night; more than one in each zone adds nothing to being there.",
    fix="Lower template.scale.min_replicas",
    anchors=Anchors(benchmark=("AM-3",), source="learn.microsoft.com container-apps scale-app"),
    thresholds=(
        Threshold("idleReplicas", 3, "replicas of one app that always run", minimum=0, maximum=1000),
    ),
    cases=Cases(
        allowed=({"template": {"scale": {"minReplicas": 0}}}, {"template": {"scale": {"minReplicas": 3}}}),
        denied=({"template": {"scale": {"minReplicas": 10}}},),
        omitted={},
        unknown={"template": {"scale": {"minReplicas": UNKNOWN_STRING}}},
        omitted_is=Outcome.PASSED,
    ),
)
