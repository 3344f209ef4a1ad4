"""What Azure Firewall and routes ask for."""

from __future__ import annotations

import datetime

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
_FAQ = "MicrosoftDocs/azure-docs articles/firewall/firewall-faq.yml"

FIREWALL_SUBNET = "AzureFirewallSubnet"
FIREWALL_PREFIX = 26
"""The longest prefix of its subnet."""
SUBNET_SOURCE = Source(
    f"{_FAQ} (/26; no network security group; direct internet connectivity); azure/aks/limit-egress-traffic (name)",
    _READ,
)
WHERE_SOURCE = Source(
    f"{_FAQ} (the firewall, its network and its public address in one resource group)", _READ
)
PUBLIC_ADDRESS_SOURCE = Source(f"{_FAQ} (no firewall without a public address)", _READ)

NETWORK_RULE_FQDNS = Source(
    "MicrosoftDocs/azure-docs articles/firewall/fqdn-filtering-network-rules.md (DNS proxy; no wildcards)",
    _READ,
)
FQDN_TAG_PROTOCOL = Source(
    "MicrosoftDocs/azure-docs articles/firewall/fqdn-tags.md (protocol and port: https)", _READ
)
WILDCARDS = Source(f"{_FAQ} (wildcards in target FQDNs: left-most only)", _READ)

DEFAULT_ROUTE = "0.0.0.0/0"
APPLIANCE = "VirtualAppliance"
NEXT_HOP_ADDRESS = Source(
    "Azure REST spec network 2024-05-01, RoutePropertiesFormat.nextHopIpAddress (with next hop type VirtualAppliance "
    "only)",
    _READ,
)
