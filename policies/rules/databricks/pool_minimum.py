"""Pools keep no node idle."""

from __future__ import annotations

from policies.frame.checks import at_most
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-DO-028",
    title="Pools keep no node idle",
    severity=Severity.MEDIUM,
    types=("databricks:index/instancePool:InstancePool",),
    check=at_most("minIdleInstances", "maximumNodes", omitted=True),
    why="A minimum above zero is paid for at night too.",
    fix="Set min_idle_instances=0",
    anchors=Anchors(benchmark=("AM-3",), source="docs.databricks.com compute/pool-best-practices"),
    thresholds=(Threshold("maximumNodes", 0, "nodes that may wait for ever", minimum=0),),
    cases=Cases(
        allowed=({"minIdleInstances": 0},),
        denied=({"minIdleInstances": 3},),
        omitted={},
        unknown={"minIdleInstances": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
