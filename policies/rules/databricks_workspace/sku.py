"""Databricks workspaces are premium."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DB-003",
    title="Databricks workspaces are premium",
    severity=Severity.HIGH,
    types=("azure-native:databricks:Workspace",),
    check=must_be("sku.name", "premium"),
    why=("Permissions, IP lists and private link exist in premium only; standard retired on 2026-10-01."),
    fix="Set sku.name to premium",
    anchors=Anchors(
        benchmark=("PA-7",),
        azure_policy=("2cc2c3b5-c2f8-45aa-a9e6-f90d85ae8352",),
        psrule=("Azure.Databricks.SKU",),
    ),
    cases=Cases(
        allowed=({"sku": {"name": "premium"}},),
        denied=(
            {"sku": {"name": "standard"}},
            {"sku": {"name": "trial"}},
        ),
        omitted={},
        unknown={"sku": {"name": UNKNOWN_STRING}},
    ),
)
