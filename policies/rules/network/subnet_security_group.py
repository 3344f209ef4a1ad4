"""Every subnet has a security group."""

from __future__ import annotations

from policies.frame.checks import must_have
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-NW-004",
    title="Every subnet has a security group",
    severity=Severity.HIGH,
    types=("azure-native:network:Subnet",),
    check=must_have("networkSecurityGroup.id"),
    why="A subnet without one lets everything through.",
    fix="Set network_security_group",
    anchors=Anchors(
        benchmark=("NS-1",), source="learn.microsoft.com security/benchmark network-security NS-1"
    ),
    cases=Cases(
        allowed=({"networkSecurityGroup": {"id": "/nsg"}},),
        denied=({"networkSecurityGroup": {"id": ""}},),
        omitted={},
        unknown={"networkSecurityGroup": {"id": UNKNOWN_STRING}},
    ),
)
