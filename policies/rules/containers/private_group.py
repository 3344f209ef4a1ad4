"""Production container groups are private."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-CA-004",
    title="Production container groups are private",
    severity=Severity.HIGH,
    types=("azure-native:containerinstance:ContainerGroup",),
    check=must_be("ipAddress.type", "Private", omitted=True),
    why="A container group has no authentication of its own.",
    fix="Set ip_address.type to Private with subnet_ids",
    anchors=Anchors(
        benchmark=("NS-2",), source="learn.microsoft.com container-instances container-instances-vnet"
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"ipAddress": {"type": "Private"}},),
        denied=({"ipAddress": {"type": "Public"}},),
        omitted={},
        unknown={"ipAddress": {"type": UNKNOWN_STRING}},
        omitted_is=Outcome.PASSED,
    ),
)
