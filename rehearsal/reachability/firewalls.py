"""Where each type of service states whom its public endpoint lets in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rehearsal.rules import tokens


@dataclass(frozen=True)
class Firewall:
    """Where a type states its firewall. Paths are empty where it has none of the kind; `rule` is the key of the address
    in a list of maps. `restricted`: whom entries there let in is not judged."""

    access: str = "publicNetworkAccess"
    action: str = ""
    addresses: str = ""
    rule: str = "value"
    subnets: str = ""
    subnet: str = "id"
    bypass: str = ""
    bypassed_by_default: bool = False
    instances: str = ""
    restricted: tuple[str, ...] = ()


_ACLS = "properties.networkAcls"
_RULES = "networkRuleSet"

FIREWALLS: Mapping[str, Firewall] = {
    tokens.STORAGE_ACCOUNT: Firewall(
        action=f"{_RULES}.defaultAction",
        addresses=f"{_RULES}.ipRules",
        rule="iPAddressOrRange",
        subnets=f"{_RULES}.virtualNetworkRules",
        subnet="virtualNetworkResourceId",
        bypass=f"{_RULES}.bypass",
        bypassed_by_default=True,
        instances=f"{_RULES}.resourceAccessRules",
    ),
    tokens.VAULT: Firewall(
        access="properties.publicNetworkAccess",
        action=f"{_ACLS}.defaultAction",
        addresses=f"{_ACLS}.ipRules",
        subnets=f"{_ACLS}.virtualNetworkRules",
        bypass=f"{_ACLS}.bypass",
    ),
    tokens.REGISTRY: Firewall(
        action=f"{_RULES}.defaultAction",
        addresses=f"{_RULES}.ipRules",
        rule="iPAddressOrRange",
        bypass="networkRuleBypassOptions",
        bypassed_by_default=True,
    ),
    "azure-native:cognitiveservices:Account": Firewall(
        access="properties.publicNetworkAccess",
        action=f"{_ACLS}.defaultAction",
        addresses=f"{_ACLS}.ipRules",
        subnets=f"{_ACLS}.virtualNetworkRules",
    ),
    tokens.LOG_ANALYTICS: Firewall(access="publicNetworkAccessForIngestion"),
    tokens.APPLICATION_INSIGHTS: Firewall(access="publicNetworkAccessForIngestion"),
    tokens.ML_ONLINE_ENDPOINT: Firewall(access="properties.publicNetworkAccess"),
    tokens.ML_WORKSPACE: Firewall(restricted=("ipAllowlist",)),
    tokens.ML_REGISTRY: Firewall(),
    tokens.DATABRICKS_WORKSPACE: Firewall(),
    tokens.SYNAPSE_WORKSPACE: Firewall(),
    "azure-native:datafactory:Factory": Firewall(),
    "azure-native:app:ManagedEnvironment": Firewall(),
    "azure-native:sql:Server": Firewall(),
    "azure-native:cosmosdb:DatabaseAccount": Firewall(
        restricted=("ipRules", "isVirtualNetworkFilterEnabled")
    ),
    "azure-native:eventhub:Namespace": Firewall(),
    "azure-native:search:Service": Firewall(restricted=("networkRuleSet.ipRules",)),
}
"""By type token. A type that is not here is unknown, never open."""


@dataclass(frozen=True)
class ServerRules:
    """Rules declared as resources next to a server. `addresses` and `subnets` are their types, `subnet` is the property
    that names the subnet, `server` the property, of a rule and of the server, that holds the server's name."""

    addresses: str
    server: str
    subnets: str = ""
    subnet: str = ""


SERVER_RULES: Mapping[str, ServerRules] = {
    tokens.SYNAPSE_WORKSPACE: ServerRules(tokens.SYNAPSE_FIREWALL_RULE, "workspaceName"),
    "azure-native:sql:Server": ServerRules(
        "azure-native:sql:FirewallRule",
        "serverName",
        "azure-native:sql:VirtualNetworkRule",
        "virtualNetworkSubnetId",
    ),
}
"""Types whose firewall lets in nobody but whom rules of their own name."""

RULE_SETS: Mapping[str, str] = {
    "azure-native:eventhub:Namespace": "azure-native:eventhub:NamespaceNetworkRuleSet",
}
"""Types whose firewall is a resource of its own below them, which is not judged."""
