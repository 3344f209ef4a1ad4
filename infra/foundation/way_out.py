"""What a subnet's traffic leaves by: a NAT gateway, or a route to a firewall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
from pulumi_azure_native import network

from azure_facts.azure_firewall import APPLIANCE, DEFAULT_ROUTE
from infra.component import Component
from infra.context import Reference
from infra.conventions.name_rules import ResourceKind
from infra.foundation.diagnostics import send_diagnostics


@dataclass(frozen=True)
class WayOut:
    """One of the two: a route to a firewall wins over a NAT gateway on the same subnet."""

    nat_gateway: Reference | None = None
    route_table: Reference | None = None


def public_address(owner: Component, resource_name: str, part: str, zones: Sequence[str] = ()) -> Reference:
    """A static address of our own, which partners can let in."""
    context = owner.context
    name = context.naming.name(ResourceKind.PUBLIC_IP, part)
    address = network.PublicIPAddress(
        resource_name,
        public_ip_address_name=name,
        resource_group_name=context.resource_group.known_name,
        location=context.azure.location,
        sku=network.PublicIPAddressSkuArgs(name=network.PublicIPAddressSkuName.STANDARD),
        public_ip_allocation_method=network.IPAllocationMethod.STATIC,
        zones=list(zones) or None,
        tags=owner.tags,
        opts=owner.child(immutable=["zones"] if zones else []),
    )
    address_id = context.arm.public_ip_id(name)
    owner.verify(address_id, address)
    return Reference(address_id, name, (address,))


def nat_gateway(owner: Component) -> Reference:
    """A gateway with one address; it lets out to everywhere."""
    context = owner.context
    address = public_address(owner, "outbound-address", "outbound")
    name = context.naming.name(ResourceKind.NAT_GATEWAY)
    gateway = network.NatGateway(
        "nat-gateway",
        nat_gateway_name=name,
        resource_group_name=context.resource_group.known_name,
        location=context.azure.location,
        sku=network.NatGatewaySkuArgs(name=network.NatGatewaySkuName.STANDARD),
        idle_timeout_in_minutes=10,
        public_ip_addresses=[network.SubResourceArgs(id=address.known_id)],
        tags=owner.tags,
        opts=owner.child(),
    )
    gateway_id = context.arm.nat_gateway_id(name)
    owner.verify(gateway_id, gateway)
    reference = Reference(gateway_id, name, (gateway,))
    send_diagnostics(owner, "nat-gateway", reference)
    return reference


def route_to(owner: Component, address: pulumi.Input[str]) -> Reference:
    """Everything that is not in the network, its peers or a private endpoint goes to the firewall."""
    return route_table(
        owner,
        "egress",
        network.RouteArgs(
            name="default",
            address_prefix=DEFAULT_ROUTE,
            next_hop_type=network.RouteNextHopType(APPLIANCE),
            next_hop_ip_address=address,
        ),
    )


def route_table(owner: Component, part: str, route: network.RouteArgs) -> Reference:
    """A table with one route."""
    context = owner.context
    name = context.naming.name(ResourceKind.ROUTE_TABLE, part)
    table = network.RouteTable(
        f"route-table-{part}",
        route_table_name=name,
        resource_group_name=context.resource_group.known_name,
        location=context.azure.location,
        routes=[route],
        tags=owner.tags,
        opts=owner.child(),
    )
    table_id = context.arm.route_table_id(name)
    owner.verify(table_id, table)
    return Reference(table_id, name, (table,))
