"""The peering uses nobody else's gateway."""

from __future__ import annotations

from policies.frame.checks import must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-NW-010",
    title="The peering uses nobody else's gateway",
    severity=Severity.LOW,
    types=("azure-native:network:VirtualNetworkPeering",),
    check=must_not_be("allowGatewayTransit", True),
    why="Gateway transit would let the hub's neighbours route through this network.",
    fix="Leave allow_gateway_transit off",
    anchors=Anchors(
        benchmark=("NS-1",), source="learn.microsoft.com virtual-network virtual-network-peering-overview"
    ),
    cases=Cases(
        allowed=({"allowGatewayTransit": False},),
        denied=({"allowGatewayTransit": True},),
        omitted={},
        unknown={"allowGatewayTransit": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
