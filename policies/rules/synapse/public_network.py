"""Synapse has no public endpoint."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-SY-002",
    title="Synapse has no public endpoint",
    severity=Severity.HIGH,
    types=("azure-native:synapse:Workspace",),
    check=must_be("publicNetworkAccess", "Disabled"),
    why="Serverless SQL reads the whole lake.",
    fix="Set public_network_access to Disabled",
    anchors=Anchors(benchmark=("NS-2",), azure_policy=("38d8df46-cf4e-4073-8e03-48c24b29de0d",)),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"publicNetworkAccess": "Disabled"},),
        denied=({"publicNetworkAccess": "Enabled"},),
        omitted={},
        unknown={"publicNetworkAccess": UNKNOWN_STRING},
    ),
)
