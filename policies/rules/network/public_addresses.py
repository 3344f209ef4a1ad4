"""Public addresses are standard and static."""

from __future__ import annotations

from policies.frame.checks import all_of, must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-NW-009",
    title="Public addresses are standard and static",
    severity=Severity.MEDIUM,
    types=("azure-native:network:PublicIPAddress",),
    check=all_of(
        must_be("sku.name", "Standard", "StandardV2"), must_be("publicIPAllocationMethod", "Static")
    ),
    why="A basic address is open by default and retired; a dynamic one cannot be allowed by partners.",
    fix="Set sku.name to Standard and the allocation to Static",
    anchors=Anchors(
        benchmark=("NS-1",), source="learn.microsoft.com virtual-network ip-services/public-ip-addresses"
    ),
    cases=Cases(
        allowed=({"sku": {"name": "Standard"}, "publicIPAllocationMethod": "Static"},),
        denied=(
            {"sku": {"name": "Basic"}, "publicIPAllocationMethod": "Static"},
            {"sku": {"name": "Standard"}, "publicIPAllocationMethod": "Dynamic"},
        ),
        omitted={},
        unknown={"sku": {"name": UNKNOWN_STRING}, "publicIPAllocationMethod": "Static"},
    ),
)
