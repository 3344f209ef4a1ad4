"""Every subnet has a security group, but for the firewall's own, on which Azure takes none."""

from __future__ import annotations

from azure_facts.azure_firewall import FIREWALL_SUBNET
from policies.frame.checks import must_have, unless
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-NW-004",
    title="Every subnet has a security group",
    severity=Severity.HIGH,
    types=("azure-native:network:Subnet",),
    check=unless("subnetName", FIREWALL_SUBNET, must_have("networkSecurityGroup.id")),
    why="A subnet without one lets everything through.",
    fix="Set network_security_group",
    anchors=Anchors(
        benchmark=("NS-1",), source="learn.microsoft.com security/benchmark network-security NS-1"
    ),
    cases=Cases(
        allowed=({"networkSecurityGroup": {"id": "/nsg"}}, {"subnetName": "AzureFirewallSubnet"}),
        denied=({"networkSecurityGroup": {"id": ""}},),
        omitted={},
        unknown={"networkSecurityGroup": {"id": UNKNOWN_STRING}},
    ),
)
