"""Interactive clusters stop when idle."""

from __future__ import annotations

from policies.frame.checks import at_most
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-DO-002",
    title="Interactive clusters stop when idle",
    severity=Severity.MEDIUM,
    types=("databricks:index/cluster:Cluster",),
    check=at_most("autoterminationMinutes", "maximumMinutes", unit="minutes"),
    why="A cluster left on over the weekend costs as much as the week.",
    fix="Set autotermination_minutes",
    anchors=Anchors(benchmark=("AM-3",), source="docs.databricks.com compute/clusters-manage"),
    thresholds=(
        Threshold("maximumMinutes", 60, "minutes an interactive cluster may idle", minimum=10, maximum=10000),
    ),
    cases=Cases(
        allowed=({"autoterminationMinutes": 30},),
        denied=(
            {"autoterminationMinutes": 0},
            {"autoterminationMinutes": 1440},
        ),
        omitted={},
        unknown={"autoterminationMinutes": UNKNOWN_STRING},
    ),
)
