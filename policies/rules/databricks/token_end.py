"""Tokens made here end."""

from __future__ import annotations

from policies.frame.checks import at_most
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-DO-039",
    title="Tokens made here end",
    severity=Severity.HIGH,
    types=("databricks:index/token:Token",),
    check=at_most("lifetimeSeconds", "maximumSeconds", unit="seconds"),
    why="A token without a lifetime is valid for ever.",
    fix="Set lifetime_seconds",
    anchors=Anchors(benchmark=("IM-3",), source="docs.databricks.com dev-tools/auth/pat"),
    thresholds=(Threshold("maximumSeconds", 7776000, "seconds a token may live", minimum=60),),
    cases=Cases(
        allowed=({"lifetimeSeconds": 7776000},),
        denied=({"lifetimeSeconds": 31536000},),
        omitted={},
        unknown={"lifetimeSeconds": UNKNOWN_STRING},
    ),
)
