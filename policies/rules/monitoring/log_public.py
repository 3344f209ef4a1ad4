"""Production logs are private."""

from __future__ import annotations

from policies.frame.checks import all_of, must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-MN-003",
    title="Production logs are private",
    severity=Severity.MEDIUM,
    types=("azure-native:operationalinsights:Workspace",),
    check=all_of(
        must_be("publicNetworkAccessForIngestion", "Disabled"),
        must_be("publicNetworkAccessForQuery", "Disabled"),
    ),
    why="Logs name every person, table and address.",
    fix="Disable public ingestion and query and add a private link scope",
    anchors=Anchors(benchmark=("NS-2",), azure_policy=("6c53d030-cc64-46f0-906d-2bc061cd1334",)),
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
