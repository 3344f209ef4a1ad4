"""How the services can be reached: publicly behind Entra, or only from a network."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from itertools import combinations
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from azure_facts.arm_ids import RESOURCE_GROUP_ID_PATTERN
from azure_facts.internet_addresses import PRIVATE, never_calling
from infra.conventions.address_plan import (
    AddressPlanError,
    SubnetPurpose,
    plan_addresses,
    plan_firewall,
)
from infra.settings.base import AddressRange, ArmIdOf, LoadingContext, Problem, SettingsModel
from infra.settings.egress import Egress, Firewall
from infra.settings.flow_logs import FlowLogs

PEERING_NAME_PATTERN = r"^[a-zA-Z0-9]([a-zA-Z0-9_.-]{0,78}[a-zA-Z0-9_])?$"
"""As azure_facts/data/name_rules.csv has it."""

VirtualNetworkId = Annotated[str, ArmIdOf("Microsoft.Network/virtualNetworks")]


class PublicNetwork(SettingsModel):
    """Public endpoints, callers known by Entra only; the vault answers listed addresses only.

    Storage and the container registry stay open to addresses in this mode: their callers, clusters in
    networks that Databricks, Azure ML and AKS manage, come from addresses that are not known in advance.
    """

    mode: Literal["public"]
    allowed_ip_ranges: list[AddressRange] = []
    """IPv4 ranges (CIDR) of offices and runners that Key Vault's firewall lets in, besides Azure's own
    trusted services."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        networks = [ipaddress.IPv4Network(text) for text in self.allowed_ip_ranges]
        for first, second in combinations(networks, 2):
            if first.overlaps(second):
                yield Problem(
                    "allowed_ip_ranges",
                    f"{first} and {second} overlap; keep the wider one or make them apart",
                )
        for network in networks:
            if any(network.overlaps(private) for private in PRIVATE):
                yield Problem(
                    "allowed_ip_ranges",
                    f"{network} is a private range, which a public firewall never sees; give the public "
                    "address range that your traffic leaves from",
                )
            elif (taken := never_calling(network)) is not None:
                yield Problem(
                    "allowed_ip_ranges",
                    f"{network} is in {taken}, which no request from the internet comes from; give the public "
                    "address range that your traffic leaves from",
                )


class Hub(SettingsModel):
    """The network of people and runners, with which this one is peered."""

    virtual_network_id: VirtualNetworkId
    """Its owner creates the hub's own peering back to this network, once."""
    peering_back: Annotated[str, Field(pattern=PEERING_NAME_PATTERN)] | None = None
    """Name of the hub's own peering back to this network. Omit it in the first deployment, which creates only
    the foundation (docs/network.md)."""
    address_space: Annotated[list[AddressRange], Field(min_length=1)]
    """The hub's ranges (az network vnet show --query addressSpace): they must not overlap with ours."""
    use_remote_gateways: bool = False
    """Reach on-premises through the hub's gateway."""

    @override
    def warn(self) -> Iterator[Problem]:
        if self.peering_back is None:
            yield Problem(
                "peering_back",
                "is missing, so this is phase 1 of 2 and deploys only the foundation. For phase 2, let the hub peer "
                "back and link its zones, then give the name of its peering here: that deploys everything",
            )


class ExistingNetwork(SettingsModel):
    """A network that another team made, with one subnet for each purpose."""

    virtual_network_id: VirtualNetworkId
    subnets: dict[SubnetPurpose, str]
    """Purpose to the subnet's name; delegations, security groups and outbound access are that team's."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        missing = sorted(set(SubnetPurpose) - self.subnets.keys())
        if missing:
            yield Problem("subnets", f"lacks {', '.join(missing)}; name a subnet for each purpose")
        names = list(self.subnets.values())
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield Problem("subnets", f"'{name}' serves two purposes; delegated subnets serve one")


class PrivateDnsZones(SettingsModel):
    """The zones that answer for the private endpoints."""

    resource_group_id: Annotated[str, Field(pattern=f"^{RESOURCE_GROUP_ID_PATTERN}$")] | None = None
    """The resource group (a hub's) that holds every zone already, linked to this network; none = they are made
    and linked here."""
    hub_links: bool = False
    """The zones made here are linked with the hub too: people and runners there resolve the names. For one stack of a
    hub, and a hub without such zones: a network is linked with one zone of a name."""


class PrivateNetwork(SettingsModel):
    """No service answers on a public endpoint; everything is reached through private endpoints."""

    mode: Literal["private"]
    address_space: AddressRange | None = None
    """The network to make: a /22 or wider, in a private range. Its subnets are computed (docs/network.md)."""
    subnets: dict[SubnetPurpose, AddressRange] = {}
    """A subnet's range where the computed one will not do."""
    egress: Egress = Egress.NAT
    """How machines in the network reach out: a NAT gateway lets out to everywhere, a firewall to what is listed. A
    change replaces the scoring cluster (docs/network.md)."""
    firewall: Firewall = Firewall()
    """With egress: firewall."""
    hub: Hub | None = None
    existing: ExistingNetwork | None = None
    private_dns_zones: PrivateDnsZones = PrivateDnsZones()
    private_link_scope_id: Annotated[str, ArmIdOf("Microsoft.Insights/privateLinkScopes")] | None = None
    """Azure Monitor's scope that the hub has already: networks that share DNS share one scope. Its owner adds this
    stack's Log Analytics workspace and Application Insights, and lets the ML workspace's identity approve
    (docs/network.md)."""

    flow_logs: FlowLogs | None = None
    """Default: no flow logs."""

    @override
    def warn(self) -> Iterator[Problem]:
        zones = self.private_dns_zones
        if self.hub is not None and zones.resource_group_id is None and not zones.hub_links:
            yield Problem(
                "private_dns_zones",
                "are made here and linked with this network alone, so from the hub names resolve to public addresses, "
                "which are closed; give resource_group_id of the hub's zones, or hub_links: true, unless the hub's DNS "
                "servers forward these names to this network",
            )

    @property
    def awaits_hub(self) -> bool:
        """Whether the network's hub has not peered back yet, so that nothing inside could be reached."""
        return self.hub is not None and self.hub.peering_back is None

    @property
    def makes_firewall(self) -> bool:
        """Whether this stack makes the firewall: neither the hub's nor that of a network's owner lets out."""
        return self.egress is Egress.FIREWALL and self.firewall.address is None and self.existing is None

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        yield from self._check_zones()
        if self.egress is Egress.NAT and "firewall" in self.model_fields_set:
            yield Problem("firewall", "has an effect with egress: firewall only; give that, or remove this")
        if (self.address_space is None) == (self.existing is None):
            yield Problem("address_space", "give either address_space (a network is made) or existing")
            return
        if self.existing is not None:
            for key in sorted(self.model_fields_set & {"subnets", "hub"}):
                yield Problem(key, "belongs to a network that is made here; remove it beside existing")
            for key in (*self.firewall.of_its_own, *(("address",) if self.firewall.address else ())):
                yield Problem(
                    f"firewall.{key}",
                    "belongs to a network that is made here: the routes of a given one are its owner's; remove it",
                )
            return
        yield from self._check_addresses()
        yield from self._check_appliance()

    def _check_appliance(self) -> Iterator[Problem]:
        """A peering carries traffic to the hub's own ranges only, so that an appliance elsewhere is never reached."""
        if self.firewall.address is None:
            return
        address = ipaddress.IPv4Address(self.firewall.address)
        if self.hub is None:
            yield Problem(
                "hub",
                "is missing, and firewall.address is that of a hub's firewall; give hub, or remove the address",
            )
        elif not any(address in ipaddress.IPv4Network(text) for text in self.hub.address_space):
            yield Problem(
                "firewall.address",
                f"{address} is not in the hub's {', '.join(self.hub.address_space)}; give the private address of the "
                "hub's firewall (az network firewall show --query 'ipConfigurations[0].privateIPAddress')",
            )

    def _check_zones(self) -> Iterator[Problem]:
        zones = self.private_dns_zones
        if zones.hub_links and zones.resource_group_id is not None:
            yield Problem(
                "private_dns_zones.hub_links",
                "is for zones made here, and resource_group_id gives others; remove one",
            )
        elif zones.hub_links and self.hub is None:
            yield Problem(
                "private_dns_zones.hub_links", "is true without a hub; give network.hub, or remove it"
            )

    def _check_addresses(self) -> Iterator[Problem]:
        assert self.address_space is not None
        space = ipaddress.IPv4Network(self.address_space)
        if not any(space.subnet_of(private) for private in PRIVATE):
            yield Problem("address_space", f"{space} is not a private range (RFC 1918), such as 10.40.0.0/20")
        for text in self.hub.address_space if self.hub else ():
            if ipaddress.IPv4Network(text).overlaps(space):
                yield Problem(
                    "address_space", f"{space} overlaps with the hub's {text}; peering needs them apart"
                )
        try:
            plan_addresses(self.address_space, self.subnets)
            if self.makes_firewall:
                plan_firewall(self.address_space, self.subnets, self.firewall.subnet)
        except AddressPlanError as error:
            yield Problem(error.key, str(error))


Network = Annotated[PublicNetwork | PrivateNetwork, Field(discriminator="mode")]
