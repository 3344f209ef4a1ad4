"""Scoring endpoints take Entra or ML tokens."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ML-021",
    title="Scoring endpoints take Entra or ML tokens",
    severity=Severity.HIGH,
    types=(
        "azure-native:machinelearningservices:OnlineEndpoint",
        "azure-native:machinelearningservices:BatchEndpoint",
    ),
    check=must_be("properties.authMode", "AADToken", "AMLToken"),
    why="Keys never expire, are copied into reports and say nothing of the caller.",
    fix="Set auth_mode to AADToken (AMLToken on Kubernetes)",
    anchors=Anchors(
        benchmark=("IM-1",), source="learn.microsoft.com machine-learning how-to-authenticate-online-endpoint"
    ),
    cases=Cases(
        allowed=({"properties": {"authMode": "AMLToken"}},),
        denied=({"properties": {"authMode": "Key"}},),
        omitted={},
        unknown={"properties": {"authMode": UNKNOWN_STRING}},
    ),
)
