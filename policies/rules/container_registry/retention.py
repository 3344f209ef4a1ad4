"""Untagged images are removed."""

from __future__ import annotations

from policies.frame.checks import all_of, at_most, must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-CR-005",
    title="Untagged images are removed",
    severity=Severity.LOW,
    types=("azure-native:containerregistry:Registry",),
    check=all_of(
        must_be("policies.retentionPolicy.status", "enabled"),
        at_most("policies.retentionPolicy.days", "maximumDays", unit="days"),
    ),
    why="Each environment build leaves an image behind until the registry is full or dear.",
    fix="Enable policies.retention_policy (Premium)",
    anchors=Anchors(benchmark=("AM-3",), psrule=("Azure.ACR.Retention",)),
    kinds=PROD_ONLY,
    thresholds=(Threshold("maximumDays", 60, "days an untagged image is kept", minimum=1, maximum=365),),
    cases=Cases(
        allowed=({"policies": {"retentionPolicy": {"status": "enabled", "days": 30}}},),
        denied=(
            {"policies": {"retentionPolicy": {"status": "disabled", "days": 30}}},
            {"policies": {"retentionPolicy": {"status": "enabled", "days": 365}}},
        ),
        omitted={},
        unknown={"policies": {"retentionPolicy": {"status": UNKNOWN_STRING, "days": 30}}},
    ),
)
