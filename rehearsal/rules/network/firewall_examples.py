"""A firewall with its network, as the cases of rules declare it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from azure_facts.azure_firewall import APPLIANCE, DEFAULT_ROUTE, FIREWALL_SUBNET
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME, LOCATION
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Declared, Ref

_HERE = {"resourceGroupName": GROUP_NAME, "location": LOCATION}
SIMULATED_ADDRESS = "10.20.30.4"
"""What the simulated cloud gives a firewall."""


def firewall(
    *,
    subnet: Mapping[str, object] | None = None,
    group: str = GROUP_NAME,
    policy: Mapping[str, object] | None = None,
    rules: Sequence[Mapping[str, object]] = (),
) -> tuple[Declared, ...]:
    """Network, subnet, address, policy, rules and firewall, named in that order. `group` is the public address's."""
    collection = {
        "name": "allowed",
        "priority": 200,
        "ruleCollectionType": "FirewallPolicyFilterRuleCollection",
        "action": {"type": "Allow"},
        "rules": list(rules),
    }
    return (
        declare(tokens.VIRTUAL_NETWORK, name="network"),
        declare(
            tokens.SUBNET,
            {"subnetName": FIREWALL_SUBNET, "addressPrefix": "10.20.30.0/26", **(subnet or {})},
            name="firewall-subnet",
            depends_on=("network",),
        ),
        declare(tokens.PUBLIC_IP, {"resourceGroupName": group}, name="address"),
        Declared(
            tokens.FIREWALL_POLICY,
            {**_HERE, "firewallPolicyName": "afwp", "sku": {"tier": "Standard"}, **(policy or {})},
            "policy",
        ),
        Declared(
            tokens.FIREWALL_RULES,
            {
                "resourceGroupName": GROUP_NAME,
                "firewallPolicyName": "afwp",
                "ruleCollectionGroupName": "egress",
                "priority": 200,
                "ruleCollections": [collection],
            },
            "rules",
            depends_on=("policy",),
        ),
        Declared(
            tokens.FIREWALL,
            {
                **_HERE,
                "azureFirewallName": "afw",
                "sku": {"name": "AZFW_VNet", "tier": "Standard"},
                "firewallPolicy": {"id": Ref("policy")},
                "ipConfigurations": [
                    {
                        "name": "egress",
                        "subnet": {"id": Ref("firewall-subnet")},
                        "publicIPAddress": {"id": Ref("address")},
                    }
                ],
            },
            "firewall",
        ),
    )


def way_to(address: str = SIMULATED_ADDRESS) -> Declared:
    """A table whose default route leads to the address."""
    return table(
        {"name": "out", "addressPrefix": DEFAULT_ROUTE, "nextHopType": APPLIANCE, "nextHopIpAddress": address}
    )


def table(*routes: Mapping[str, object]) -> Declared:
    """A route table."""
    return Declared(tokens.ROUTE_TABLE, {**_HERE, "routeTableName": "rt", "routes": list(routes)}, "table")


def host_rule(*hosts: str, **more: object) -> Mapping[str, object]:
    """A rule that lets out to hosts over HTTPS."""
    return {
        "name": "hosts",
        "ruleType": "ApplicationRule",
        "sourceAddresses": ["10.20.0.0/22"],
        "protocols": [{"protocolType": "Https", "port": 443}],
        "targetFqdns": list(hosts),
        **more,
    }


def address_rule(**targets: object) -> Mapping[str, object]:
    """A rule that lets out to addresses with any protocol."""
    return {
        "name": "addresses",
        "ruleType": "NetworkRule",
        "ipProtocols": ["TCP"],
        "sourceAddresses": ["10.20.0.0/22"],
        "destinationPorts": ["443"],
        **targets,
    }
