"""Services whose firewalls are lists of addresses, and which addresses they refuse or never see.

Storage accounts, which also limit the size of ranges, have a rule of their own, as vaults do.
"""

from __future__ import annotations

import datetime
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from azure_facts.internet_addresses import PRIVATE
from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
_SPEC = "Azure REST specifications, as pulumi-azure-native 3.29.0 has them:"


@dataclass(frozen=True)
class ServiceFirewall:
    """Where one type has its list, and what it says of the addresses in it. `source` also gives the error's text where
    `refused` is not empty."""

    service: str
    rules: str
    """The path of the list."""
    address: str
    """The key of the address in each of its elements."""
    source: Source
    refused: tuple[ipaddress.IPv4Network, ...] = ()
    """Ranges of which the service refuses every address."""
    only_ipv4: bool = True
    """Whether its specification speaks of IPv4 alone."""
    with_a_meaning: tuple[str, ...] = ()
    """What looks like an address and means something else."""


_SHARED = ipaddress.IPv4Network("100.64.0.0/10")
_LOOPBACK_AND_LINK_LOCAL = (ipaddress.IPv4Network("127.0.0.0/8"), ipaddress.IPv4Network("169.254.0.0/16"))

SERVICE_FIREWALLS: Mapping[str, ServiceFirewall] = MappingProxyType(
    {
        "azure-native:cosmosdb:DatabaseAccount": ServiceFirewall(
            "Cosmos DB",
            "ipRules",
            "ipAddressOrRange",
            Source(
                "hashicorp/terraform-provider-azurerm issue 7946 ('Supplied IpAddressOrRange is not publicly "
                f"routable'); {_SPEC} cosmos-db IpAddressOrRange (the ranges)",
                _READ,
            ),
            refused=(*PRIVATE, _SHARED),
            with_a_meaning=("0.0.0.0",),  # noqa: S104 (Azure's own addresses, nothing is bound)
        ),
        "azure-native:search:Service": ServiceFirewall(
            "AI Search",
            "networkRuleSet.ipRules",
            "value",
            Source(
                "Azure-Samples/azure-search-openai-demo pull 864 (BadRequest, 'not allowed because it is in private "
                f"space, … loopback addresses or link-local addresses'); {_SPEC} search IpRule",
                _READ,
            ),
            refused=(*PRIVATE, *_LOOPBACK_AND_LINK_LOCAL),
        ),
        "azure-native:containerregistry:Registry": ServiceFirewall(
            "Container Registry",
            "networkRuleSet.ipRules",
            "iPAddressOrRange",
            Source(
                "learn.microsoft.com container-registry/container-registry-access-selected-networks (public ones); "
                f"{_SPEC} containerregistry IPRule (IPv4 only)",
                _READ,
            ),
        ),
        "azure-native:cognitiveservices:Account": ServiceFirewall(
            "AI services",
            "properties.networkAcls.ipRules",
            "value",
            Source(f"{_SPEC} cognitiveservices IpRule (an IPv4 address range)", _READ),
        ),
        "azure-native:eventhub:NamespaceNetworkRuleSet": ServiceFirewall(
            "Event Hubs",
            "ipRules",
            "ipMask",
            Source(f"{_SPEC} eventhub NWRuleSetIpRules", _READ),
            only_ipv4=False,
        ),
        "azure-native:servicebus:NamespaceNetworkRuleSet": ServiceFirewall(
            "Service Bus",
            "ipRules",
            "ipMask",
            Source(f"{_SPEC} servicebus NWRuleSetIpRules", _READ),
            only_ipv4=False,
        ),
    }
)
"""By type token."""
