"""Pools give idle nodes back."""

from __future__ import annotations

from policies.frame.checks import at_most
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-DO-027",
    title="Pools give idle nodes back",
    severity=Severity.MEDIUM,
    types=("databricks:index/instancePool:InstancePool",),
    check=at_most("idleInstanceAutoterminationMinutes", "maximumMinutes", unit="minutes"),
    why="Idle nodes of a pool cost what the VM costs.",
    fix="Set idle_instance_autotermination_minutes",
    anchors=Anchors(benchmark=("AM-3",), source="docs.databricks.com compute/pool-best-practices"),
    thresholds=(Threshold("maximumMinutes", 30, "minutes a node may wait in a pool", minimum=1),),
    cases=Cases(
        allowed=({"idleInstanceAutoterminationMinutes": 15},),
        denied=({"idleInstanceAutoterminationMinutes": 600},),
        omitted={},
        unknown={"idleInstanceAutoterminationMinutes": UNKNOWN_STRING},
    ),
)
