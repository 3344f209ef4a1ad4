"""Production telemetry is private."""

from __future__ import annotations

from policies.frame.checks import all_of, must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-MN-005",
    title="Production telemetry is private",
    severity=Severity.MEDIUM,
    types=("azure-native:applicationinsights:Component",),
    check=all_of(
        must_be("publicNetworkAccessForIngestion", "Disabled"),
        must_be("publicNetworkAccessForQuery", "Disabled"),
    ),
    why="Traces hold the inputs of the models.",
    fix="Disable public ingestion and query and add a private link scope",
    anchors=Anchors(benchmark=("NS-2",), azure_policy=("1bc02227-0cb6-4e11-8f53-eb0b22eab7e8",)),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"publicNetworkAccessForIngestion": "Disabled", "publicNetworkAccessForQuery": "Disabled"},),
        denied=(
            {"publicNetworkAccessForIngestion": "Enabled", "publicNetworkAccessForQuery": "Disabled"},
            {"publicNetworkAccessForIngestion": "Disabled", "publicNetworkAccessForQuery": "Enabled"},
        ),
        omitted={},
        unknown={
            "publicNetworkAccessForIngestion": UNKNOWN_STRING,
            "publicNetworkAccessForQuery": "Disabled",
        },
    ),
)
