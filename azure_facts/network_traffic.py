"""How traffic goes in virtual networks: security groups, peerings, private endpoints, routes, the way out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)

SECURITY_GROUPS = Source(
    "learn.microsoft.com virtual-network/network-security-groups-overview (2025-07-15), default security rules",
    _READ,
)
PEERINGS = Source(
    "learn.microsoft.com virtual-network/virtual-network-peering-overview (not transitive); PSRule.Rules.Azure "
    "Azure.VNET.PeerState (traffic flows once both sides are Connected)",
    _READ,
)
ENDPOINT_POLICIES = Source(
    "learn.microsoft.com private-link/disable-private-endpoint-network-policy: security groups and routes bear on "
    "private endpoints only where the subnet's policies are enabled; a route for 0.0.0.0/0 never does",
    _READ,
)
NAMES = Source(
    "learn.microsoft.com private-link/private-endpoint-dns-integration (one zone, linked to every network that asks); "
    "dns/private-dns-fallback (a linked zone without the record answers NXDOMAIN, unless resolutionPolicy is "
    "NxDomainRedirect)",
    _READ,
)
OUTBOUND = Source(
    "learn.microsoft.com virtual-network/ip-services/default-outbound-access; Azure REST specs Microsoft.Network, "
    "subnets (defaultOutboundAccess: false takes the default way out away)",
    _READ,
)
ROUTES = Source(
    "learn.microsoft.com virtual-network/virtual-networks-udr-overview: the longest prefix wins, system routes of "
    "networks and peerings included; a service endpoint adds a route of the service's own addresses; a service tag may "
    "be used in place of a prefix",
    _READ,
)
SERVICE_TAGS = Source(
    "learn.microsoft.com virtual-network/service-tags-overview, available service tags", _READ
)

FALLBACK_POLICY = "NxDomainRedirect"

GROUP_POLICIES = ("Enabled", "NetworkSecurityGroupEnabled")
ROUTE_POLICIES = ("Enabled", "RouteTableEnabled")
"""Values of a subnet's `privateEndpointNetworkPolicies`."""

VIRTUAL_NETWORK = "VirtualNetwork"
"""Holds what private addresses reach, and address prefixes of the subnet's own routes, default routes included
(`SERVICE_TAGS`)."""
INTERNET = "Internet"
ALL_AZURE = "AzureCloud"


@dataclass(frozen=True)
class SecurityRule:
    """One rule of a security group, of one direction. Prefixes are addresses, ranges, service tags or `*`; ports are
    numbers, ranges or `*`. `grouped`: it names application security groups, whose members do not show."""

    name: str
    priority: int
    allows: bool
    protocol: str = "*"
    sources: tuple[str, ...] = ("*",)
    destinations: tuple[str, ...] = ("*",)
    ports: tuple[str, ...] = ("*",)
    grouped: bool = False


def _default(name: str, priority: int, source: str, destination: str, *, allows: bool) -> SecurityRule:
    return SecurityRule(name, priority, allows, sources=(source,), destinations=(destination,))


DEFAULT_RULES: Mapping[str, tuple[SecurityRule, ...]] = MappingProxyType(
    {
        "Inbound": (
            _default("AllowVnetInBound", 65000, VIRTUAL_NETWORK, VIRTUAL_NETWORK, allows=True),
            _default("AllowAzureLoadBalancerInBound", 65001, "AzureLoadBalancer", "*", allows=True),
            _default("DenyAllInBound", 65500, "*", "*", allows=False),
        ),
        "Outbound": (
            _default("AllowVnetOutBound", 65000, VIRTUAL_NETWORK, VIRTUAL_NETWORK, allows=True),
            _default("AllowInternetOutBound", 65001, "*", INTERNET, allows=True),
            _default("DenyAllOutBound", 65500, "*", "*", allows=False),
        ),
    }
)
"""What every group has behind its own rules, by direction."""

_TAGS: Mapping[str, str] = MappingProxyType(
    {
        "microsoft.storage/storageaccounts": "Storage",
        "microsoft.keyvault/vaults": "AzureKeyVault",
        "microsoft.containerregistry/registries": "AzureContainerRegistry",
        "microsoft.documentdb/databaseaccounts": "AzureCosmosDB",
        "microsoft.eventhub/namespaces": "EventHub",
        "microsoft.machinelearningservices/workspaces": "AzureMachineLearning",
        "microsoft.databricks/workspaces": "AzureDatabricks",
        "microsoft.insights/components": "AzureMonitor",
        "microsoft.operationalinsights/workspaces": "AzureMonitor",
        "microsoft.sql/servers": "Sql",
        "microsoft.synapse/workspaces": "Sql",
        "microsoft.dbforpostgresql/flexibleservers": "Sql",
        "microsoft.dbformysql/flexibleservers": "Sql",
    }
)


def tag_of(resource_type: str) -> str:
    """The service tag that the public endpoint of an ARM type lies in; empty where the table does not say."""
    return _TAGS.get(resource_type.lower(), "")


_SERVICE_ENDPOINTS: Mapping[str, str] = MappingProxyType(
    {
        "microsoft.storage": "Storage",
        "microsoft.storage.global": "Storage",
        "microsoft.keyvault": "AzureKeyVault",
        "microsoft.sql": "Sql",
        "microsoft.azurecosmosdb": "AzureCosmosDB",
        "microsoft.eventhub": "EventHub",
        "microsoft.containerregistry": "AzureContainerRegistry",
    }
)


def tag_of_service_endpoint(service: str) -> str:
    """The service tag whose addresses a subnet's service endpoint leads to (`ROUTES`); empty where the table does not
    say."""
    return _SERVICE_ENDPOINTS.get(service.lower(), "")


RESOURCE_MANAGER_TAG = "AzureResourceManager"

_HOST_TAGS: Mapping[str, str] = MappingProxyType(
    {
        "mcr.microsoft.com": "MicrosoftContainerRegistry",
        "login.microsoftonline.com": "AzureActiveDirectory",
        "login.microsoft.com": "AzureActiveDirectory",
        "management.azure.com": RESOURCE_MANAGER_TAG,
        "azureml.ms": "AzureMachineLearning",
        "azureml.net": "AzureMachineLearning",
    }
)
"""Domains of Microsoft's to the tag that they lie in; a tag's page names the service, not its hosts."""

_MICROSOFT = (
    ".microsoft.com",
    ".microsoftonline.com",
    ".azure.com",
    ".azure.net",
    ".windows.net",
    ".azureedge.net",
)


def tag_of_host(host: str) -> str:
    """The service tag that a host of Microsoft's lies in; empty where the table does not say."""
    return next((tag for name, tag in _HOST_TAGS.items() if host == name or host.endswith(f".{name}")), "")


def is_microsofts(host: str) -> bool:
    """Whether a host is one of Microsoft's own, which some service tag may hold."""
    return bool(tag_of_host(host)) or f".{host}".endswith(_MICROSOFT)
