"""Logs are paid by the gigabyte."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-FN-007",
    title="Logs are paid by the gigabyte",
    severity=Severity.LOW,
    types=("azure-native:operationalinsights:Workspace",),
    check=must_be("sku.name", "PerGB2018"),
    why=("The older prices are closed to new workspaces, and a reservation is paid whether used or not."),
    fix="Set sku.name to PerGB2018",
    anchors=Anchors(benchmark=("AM-3",), source="learn.microsoft.com azure-monitor logs/cost-logs"),
    cases=Cases(
        allowed=({"sku": {"name": "PerGB2018"}},),
        denied=(
            {"sku": {"name": "CapacityReservation"}},
            {"sku": {"name": "Standalone"}},
        ),
        omitted={},
        unknown={"sku": {"name": UNKNOWN_STRING}},
    ),
)
