"""AI services have no public endpoint."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-AI-001",
    title="AI services have no public endpoint",
    severity=Severity.HIGH,
    types=("azure-native:cognitiveservices:Account",),
    check=must_be("properties.publicNetworkAccess", "Disabled"),
    why="Anybody with the account's key can call it.",
    fix="Set public_network_access to Disabled",
    anchors=Anchors(benchmark=("NS-2",), azure_policy=("037eea7a-bd0a-46c5-9a66-03aea78705d3",)),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"properties": {"publicNetworkAccess": "Disabled"}},),
        denied=({"properties": {"publicNetworkAccess": "Enabled"}},),
        omitted={},
        unknown={"properties": {"publicNetworkAccess": UNKNOWN_STRING}},
    ),
)
