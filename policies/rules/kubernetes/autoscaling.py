"""Scoring pools scale by themselves."""

from __future__ import annotations

from policies.frame.checks import all_of, at_least, at_most, must_be, where
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-KS-014",
    title="Scoring pools scale by themselves",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:AgentPool",),
    check=where(
        "mode",
        "User",
        all_of(
            must_be("enableAutoScaling", True),
            at_most("maxCount", "maximumNodes", unit="nodes"),
            at_least("minCount", "minimumNodes", omitted=True, unit="nodes"),
        ),
    ),
    why="A fixed pool is too small at noon and too large at night; one without a ceiling is a bill.",
    fix="Enable auto_scaling with min_count and max_count",
    anchors=Anchors(benchmark=("AM-3",), psrule=("Azure.AKS.AutoScaling", "Azure.AKS.MinUserPoolNodes")),
    thresholds=(
        Threshold("maximumNodes", 10, "nodes of one pool", minimum=1),
        Threshold("minimumNodes", 2, "nodes that always run", minimum=0),
    ),
    cases=Cases(
        allowed=({"mode": "User", "enableAutoScaling": True, "minCount": 2, "maxCount": 6},),
        denied=(
            {"mode": "User", "enableAutoScaling": False},
            {"mode": "User", "enableAutoScaling": True, "minCount": 2, "maxCount": 100},
            {"mode": "User", "enableAutoScaling": True, "minCount": 0, "maxCount": 6},
        ),
        omitted={"mode": "User"},
        unknown={"mode": "User", "enableAutoScaling": UNKNOWN_STRING, "maxCount": 6},
    ),
)
