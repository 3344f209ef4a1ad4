"""Databricks reaches its nodes over private link."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DB-004",
    title="Databricks reaches its nodes over private link",
    severity=Severity.MEDIUM,
    types=("azure-native:databricks:Workspace",),
    check=must_be("requiredNsgRules", "NoAzureDatabricksRules"),
    why="AllRules opens the network security group for the public control plane.",
    fix="Set required_nsg_rules to NoAzureDatabricksRules",
    anchors=Anchors(benchmark=("NS-2",), azure_policy=("258823f2-4595-4b52-b333-cc96192710d8",)),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"requiredNsgRules": "NoAzureDatabricksRules"},),
        denied=(
            {"requiredNsgRules": "AllRules"},
            {"requiredNsgRules": "NoAzureServiceRules"},
        ),
        omitted={},
        unknown={"requiredNsgRules": UNKNOWN_STRING},
    ),
)
