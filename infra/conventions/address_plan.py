"""The address plan: which subnet of the platform's network has which range. Pure."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from azure_facts.azure_firewall import FIREWALL_PREFIX


class SubnetPurpose(StrEnum):
    """What a subnet is for; its name in the network and its key in settings."""

    DATABRICKS_HOST = "databricks-host"
    DATABRICKS_CONTAINER = "databricks-container"
    CONTAINER_APPS = "container-apps"
    KUBERNETES = "kubernetes"
    ML_COMPUTE = "ml-compute"
    PRIVATE_ENDPOINTS = "private-endpoints"


@dataclass(frozen=True)
class SubnetRule:
    """How much of the space a subnet gets, and the longest prefix that its service takes.

    `share` is the number of prefix bits below the whole space: 3 is an eighth.
    """

    share: int
    longest_prefix: int
    why: str


SUBNET_RULES: Mapping[SubnetPurpose, SubnetRule] = {
    # Widest first: each range then starts on its own boundary without gaps.
    SubnetPurpose.DATABRICKS_HOST: SubnetRule(
        3, 26, "one address for each node (Databricks, VNet injection: /26)"
    ),
    SubnetPurpose.DATABRICKS_CONTAINER: SubnetRule(3, 26, "one address for each node, beside the host's"),
    SubnetPurpose.CONTAINER_APPS: SubnetRule(3, 27, "workload profiles environment: /27"),
    SubnetPurpose.KUBERNETES: SubnetRule(
        4, 27, "one address for each node and load balancer; pods are overlaid"
    ),
    SubnetPurpose.ML_COMPUTE: SubnetRule(4, 27, "one address for each node"),
    SubnetPurpose.PRIVATE_ENDPOINTS: SubnetRule(
        4, 26, "one address for each endpoint, 40 and more when all parts stand"
    ),
}

WIDEST, NARROWEST = 8, 22
"""Prefix lengths of a space: Azure takes a /8 at most; in a /22 the private endpoints get the /26 that they need."""


class AddressPlanError(ValueError):
    """An address plan that cannot be; `key` is the setting at fault."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def plan_addresses(space: str, overrides: Mapping[SubnetPurpose, str]) -> Mapping[SubnetPurpose, str]:
    """Every subnet's range (CIDR) in the order of `SubnetPurpose`.

    Guarantee: the computed ranges depend on `space` alone, are aligned, disjoint, and leave 7/16 of the space
    free at its end; an override replaces one range and must lie in the space apart from all others.
    Raises `AddressPlanError`.
    """
    network = ipaddress.IPv4Network(space)
    if not WIDEST <= network.prefixlen <= NARROWEST:
        raise AddressPlanError(
            "address_space",
            f"{space} is a /{network.prefixlen}; give a /{WIDEST} to /{NARROWEST}, such as 10.40.0.0/20",
        )
    plan: dict[SubnetPurpose, ipaddress.IPv4Network] = {}
    start = int(network.network_address)
    for purpose, rule in SUBNET_RULES.items():
        computed = ipaddress.IPv4Network((start, network.prefixlen + rule.share))
        start += computed.num_addresses
        plan[purpose] = ipaddress.IPv4Network(overrides[purpose]) if purpose in overrides else computed
    _check(network, plan)
    return {purpose: str(subnet) for purpose, subnet in plan.items()}


FIREWALL_SHARE = 4
"""Prefix bits below the whole space: in the narrowest space the firewall gets the /26 that it needs."""


def plan_firewall(space: str, overrides: Mapping[SubnetPurpose, str], override: str | None) -> str:
    """The firewall's range (CIDR): the sixteenth of the space behind the other subnets, or `override`.

    Raises `AddressPlanError`, also where the other ranges cannot be.
    """
    others = {
        purpose: ipaddress.IPv4Network(text) for purpose, text in plan_addresses(space, overrides).items()
    }
    network = ipaddress.IPv4Network(space)
    subnet = ipaddress.IPv4Network(override) if override else _behind_computed(network)
    if not subnet.subnet_of(network):
        raise AddressPlanError("firewall.subnet", f"{subnet} is not in the address space {network}")
    if subnet.prefixlen > FIREWALL_PREFIX:
        raise AddressPlanError(
            "firewall.subnet",
            f"{subnet} is too small; give a /{FIREWALL_PREFIX} or wider (Azure Firewall adds machines as it scales)",
        )
    for purpose, taken in others.items():
        if taken.overlaps(subnet):
            raise AddressPlanError(
                "firewall.subnet", f"{subnet} overlaps with {taken} of {purpose}; give a range apart"
            )
    return str(subnet)


def _behind_computed(network: ipaddress.IPv4Network) -> ipaddress.IPv4Network:
    taken = sum(2 ** (32 - network.prefixlen - rule.share) for rule in SUBNET_RULES.values())
    return ipaddress.IPv4Network((int(network.network_address) + taken, network.prefixlen + FIREWALL_SHARE))


def _check(network: ipaddress.IPv4Network, plan: Mapping[SubnetPurpose, ipaddress.IPv4Network]) -> None:
    for purpose, subnet in plan.items():
        rule = SUBNET_RULES[purpose]
        if not subnet.subnet_of(network):
            raise AddressPlanError(f"subnets.{purpose}", f"{subnet} is not in the address space {network}")
        if subnet.prefixlen > rule.longest_prefix:
            raise AddressPlanError(
                f"subnets.{purpose}",
                f"{subnet} is too small; give a /{rule.longest_prefix} or wider ({rule.why})",
            )
    for (first, left), (second, right) in combinations(plan.items(), 2):
        if left.overlaps(right):
            raise AddressPlanError(f"subnets.{second}", f"{right} overlaps with {left} of {first}")
