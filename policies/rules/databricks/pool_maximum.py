"""Pools have a ceiling."""

from __future__ import annotations

from policies.frame.checks import at_most
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-DO-029",
    title="Pools have a ceiling",
    severity=Severity.MEDIUM,
    types=("databricks:index/instancePool:InstancePool",),
    check=at_most("maxCapacity", "maximumNodes", unit="nodes"),
    why="Without a capacity the subscription's quota is the limit.",
    fix="Set max_capacity",
    anchors=Anchors(benchmark=("AM-3",), source="docs.databricks.com compute/pool-best-practices"),
    thresholds=(Threshold("maximumNodes", 20, "nodes of one pool", minimum=1),),
    cases=Cases(
        allowed=({"maxCapacity": 13},),
        denied=({"maxCapacity": 200},),
        omitted={},
        unknown={"maxCapacity": UNKNOWN_STRING},
    ),
)
