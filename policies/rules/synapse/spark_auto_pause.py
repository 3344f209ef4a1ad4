"""Spark pools pause when idle."""

from __future__ import annotations

from policies.frame.checks import all_of, at_most, must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-SY-005",
    title="Spark pools pause when idle",
    severity=Severity.MEDIUM,
    types=("azure-native:synapse:BigDataPool",),
    check=all_of(
        must_be("autoPause.enabled", True),
        at_most("autoPause.delayInMinutes", "maximumMinutes", unit="minutes"),
    ),
    why="A pool that is left on costs day and night.",
    fix="Enable auto_pause",
    anchors=Anchors(
        benchmark=("AM-3",),
        source="learn.microsoft.com synapse-analytics spark/apache-spark-pool-configurations",
    ),
    thresholds=(Threshold("maximumMinutes", 30, "minutes a Spark pool may idle", minimum=5),),
    cases=Cases(
        allowed=({"autoPause": {"enabled": True, "delayInMinutes": 15}},),
        denied=(
            {"autoPause": {"enabled": False, "delayInMinutes": 15}},
            {"autoPause": {"enabled": True, "delayInMinutes": 600}},
        ),
        omitted={},
        unknown={"autoPause": {"enabled": UNKNOWN_STRING, "delayInMinutes": 15}},
    ),
)
