"""Dedicated SQL pools stay small."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-SY-006",
    title="Dedicated SQL pools stay small",
    severity=Severity.MEDIUM,
    types=("azure-native:synapse:SqlPool",),
    check=must_be("sku.name", "DW100c", "DW200c", "DW300c", "DW400c", "DW500c"),
    why="A dedicated pool bills while it is online, by its size.",
    fix="Choose a smaller sku",
    anchors=Anchors(
        benchmark=("AM-3",),
        source="learn.microsoft.com synapse-analytics sql-data-warehouse/what-is-a-data-warehouse-unit-dwu-cdwu",
    ),
    cases=Cases(
        allowed=({"sku": {"name": "DW100c"}},),
        denied=({"sku": {"name": "DW30000c"}},),
        omitted={},
        unknown={"sku": {"name": UNKNOWN_STRING}},
    ),
)
