"""Databricks workspaces have no public front end."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DB-001",
    title="Databricks workspaces have no public front end",
    severity=Severity.HIGH,
    types=("azure-native:databricks:Workspace",),
    check=must_be("publicNetworkAccess", "Disabled"),
    why="A personal token that leaks then opens the workspace from anywhere.",
    fix="Set public_network_access to Disabled, or keep it with an IP access list and a waiver",
    anchors=Anchors(
        benchmark=("NS-2",),
        azure_policy=("0e7849de-b939-4c50-ab48-fc6b0f5eeba2",),
        psrule=("Azure.Databricks.PublicAccess",),
        checkov=("CKV_AZURE_158",),
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"publicNetworkAccess": "Disabled"},),
        denied=({"publicNetworkAccess": "Enabled"},),
        omitted={},
        unknown={"publicNetworkAccess": UNKNOWN_STRING},
    ),
)
