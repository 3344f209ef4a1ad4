"""Security groups apply to private endpoints."""

from __future__ import annotations

from azure_facts.azure_firewall import FIREWALL_SUBNET
from policies.frame.checks import must_be, unless
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-NW-008",
    title="Security groups apply to private endpoints",
    severity=Severity.MEDIUM,
    types=("azure-native:network:Subnet",),
    check=unless(
        "subnetName",
        FIREWALL_SUBNET,
        must_be("privateEndpointNetworkPolicies", "Enabled", "NetworkSecurityGroupEnabled"),
    ),
    why="Otherwise the subnet's security group does not see traffic to its private endpoints.",
    fix="Set private_endpoint_network_policies to NetworkSecurityGroupEnabled",
    anchors=Anchors(
        benchmark=("NS-1",), source="learn.microsoft.com private-link disable-private-endpoint-network-policy"
    ),
    cases=Cases(
        allowed=(
            {"privateEndpointNetworkPolicies": "NetworkSecurityGroupEnabled"},
            {"subnetName": "AzureFirewallSubnet"},
        ),
        denied=(
            {"privateEndpointNetworkPolicies": "Disabled"},
            {"privateEndpointNetworkPolicies": "RouteTableEnabled"},
        ),
        omitted={},
        unknown={"privateEndpointNetworkPolicies": UNKNOWN_STRING},
    ),
)
