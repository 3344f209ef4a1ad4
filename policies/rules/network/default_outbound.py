"""Subnets have no default way out."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-NW-005",
    title="Subnets have no default way out",
    severity=Severity.HIGH,
    types=("azure-native:network:Subnet",),
    check=must_be("defaultOutboundAccess", False),
    why="The default address is shared by all tenants and changes; no log of ours sees it.",
    fix="Set default_outbound_access=False and attach a NAT gateway",
    anchors=Anchors(benchmark=("NS-2",), azure_policy=("7bca8353-aa3b-429b-904a-9229c4385837",)),
    cases=Cases(
        allowed=({"defaultOutboundAccess": False},),
        denied=({"defaultOutboundAccess": True},),
        omitted={},
        unknown={"defaultOutboundAccess": UNKNOWN_STRING},
    ),
)
