"""SQL warehouses stop when idle."""

from __future__ import annotations

from policies.frame.checks import at_most
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-DO-031",
    title="SQL warehouses stop when idle",
    severity=Severity.MEDIUM,
    types=("databricks:index/sqlEndpoint:SqlEndpoint",),
    check=at_most("autoStopMins", "maximumMinutes", unit="minutes"),
    why="A warehouse is dearer than a cluster of the same size.",
    fix="Set auto_stop_mins",
    anchors=Anchors(benchmark=("AM-3",), source="docs.databricks.com compute/sql-warehouse/create"),
    thresholds=(Threshold("maximumMinutes", 30, "minutes a warehouse may idle", minimum=1),),
    cases=Cases(
        allowed=({"autoStopMins": 20},),
        denied=(
            {"autoStopMins": 0},
            {"autoStopMins": 600},
        ),
        omitted={},
        unknown={"autoStopMins": UNKNOWN_STRING},
    ),
)
