"""The platform's own network, made here or given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_azure_native import network

from azure_facts.arm_ids import child_id
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.address_plan import SubnetPurpose, plan_addresses, plan_firewall
from infra.conventions.name_rules import ResourceKind
from infra.foundation.diagnostics import send_diagnostics
from infra.foundation.egress_firewall import EgressFirewall
from infra.foundation.egress_rules import EgressRule
from infra.foundation.subnets import DELEGATIONS, OUTBOUND
from infra.foundation.way_out import WayOut, nat_gateway, route_to
from infra.settings import network as settings_of
from infra.settings.egress import Egress


class VirtualNetwork(Component):
    """Owns the network, its subnets, security groups, their way out, and our side of the hub's peering.

    Does not own the hub's side of the peering, which it reads, nor anything of a network that is given.
    Azure cannot change later: names, locations; a delegated subnet stays until its service has gone.
    """

    def __init__(
        self,
        settings: settings_of.PrivateNetwork,
        rules: Sequence[EgressRule],
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("foundation:VirtualNetwork", "network", context, opts)
        if settings.existing is not None:
            self.reference = Reference.to_existing(settings.existing.virtual_network_id)
            self.subnets: Mapping[SubnetPurpose, Reference] = {
                purpose: Reference.to_existing(child_id(self.reference.id, "subnets", name))
                for purpose, name in settings.existing.subnets.items()
            }
        else:
            self.reference = self._network(settings)
            self.subnets = self._subnets(settings, rules)
            if settings.hub is not None:
                self.reference = self.reference.after(*self._peerings(settings.hub))
        self.register_outputs({"virtual_network_id": self.reference.id})

    def _network(self, settings: settings_of.PrivateNetwork) -> Reference:
        context = self.context
        name = context.naming.name(ResourceKind.VIRTUAL_NETWORK)
        resource = network.VirtualNetwork(
            "virtual-network",
            virtual_network_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            address_space=network.AddressSpaceArgs(address_prefixes=[str(settings.address_space)]),
            tags=self.tags,
            # Subnets and peerings are resources of their own; the network's answer lists them as well.
            opts=self.child(ignore_changes=["subnets", "virtualNetworkPeerings"]),
        )
        network_id = context.arm.virtual_network_id(name)
        self.verify(network_id, resource)
        return Reference(network_id, name, (resource,))

    def _subnets(
        self, settings: settings_of.PrivateNetwork, rules: Sequence[EgressRule]
    ) -> Mapping[SubnetPurpose, Reference]:
        plan = plan_addresses(str(settings.address_space), settings.subnets)
        way_out = self._way_out(settings, rules)
        subnets: dict[SubnetPurpose, Reference] = {}
        previous: list[pulumi.Resource] = []
        for purpose, address_range in plan.items():
            subnet = self._subnet(purpose, address_range, way_out, previous)
            subnets[purpose] = subnet
            # A network takes one change at a time: AnotherOperationInProgress.
            previous = list(subnet.prerequisites)
        return subnets

    def _subnet(
        self, purpose: SubnetPurpose, address_range: str, way_out: WayOut, previous: list[pulumi.Resource]
    ) -> Reference:
        context = self.context
        gateway, table = way_out.nat_gateway, way_out.route_table
        leaves = purpose in OUTBOUND
        name = context.naming.name(ResourceKind.SUBNET, purpose)
        group = self._security_group(purpose)
        subnet = network.Subnet(
            f"subnet-{purpose}",
            subnet_name=name,
            virtual_network_name=self.reference.known_name,
            resource_group_name=context.resource_group.known_name,
            address_prefix=address_range,
            default_outbound_access=False,
            network_security_group=network.NetworkSecurityGroupArgs(id=group.known_id),
            nat_gateway=network.SubResourceArgs(id=gateway.known_id) if gateway and leaves else None,
            route_table=network.RouteTableArgs(id=table.known_id) if table and leaves else None,
            delegations=[network.DelegationArgs(name=purpose, service_name=DELEGATIONS[purpose])]
            if purpose in DELEGATIONS
            else None,
            private_endpoint_network_policies=(
                network.VirtualNetworkPrivateEndpointNetworkPolicies.NETWORK_SECURITY_GROUP_ENABLED
            ),
            # AKS and Databricks write their own service association links.
            opts=self.child(
                depends_on=previous, ignore_changes=["serviceAssociationLinks", "ipConfigurations"]
            ),
        )
        subnet_id = context.arm.subnet_id(self.reference.name, name)
        self.verify(subnet_id, subnet)
        return Reference(subnet_id, name, (subnet,))

    def _security_group(self, purpose: SubnetPurpose) -> Reference:
        context = self.context
        name = context.naming.name(ResourceKind.NETWORK_SECURITY_GROUP, purpose)
        group = network.NetworkSecurityGroup(
            f"security-group-{purpose}",
            network_security_group_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            tags=self.tags,
            # No rules, rather than an empty list: Databricks adds its own to the groups of its subnets, and the
            # provider keeps what is there where a program gives none. Without them Azure refuses each change of the
            # group, ConflictWithNetworkIntentPolicy (Azure/azure-quickstart-templates issue 6670).
            opts=self.child(ignore_changes=["securityRules"] if purpose in DATABRICKS_SUBNETS else []),
        )
        group_id = context.arm.network_security_group_id(name)
        self.verify(group_id, group)
        reference = Reference(group_id, name, (group,))
        send_diagnostics(self, f"security-group-{purpose}", reference)
        return reference

    def _way_out(self, settings: settings_of.PrivateNetwork, rules: Sequence[EgressRule]) -> WayOut:
        if settings.egress is Egress.NAT:
            return WayOut(nat_gateway=nat_gateway(self))
        if settings.firewall.address is not None:
            return WayOut(route_table=route_to(self, settings.firewall.address))
        firewall = EgressFirewall(
            settings.firewall,
            plan_firewall(str(settings.address_space), settings.subnets, settings.firewall.subnet),
            self.reference,
            rules,
            plan_addresses(str(settings.address_space), settings.subnets),
            self.context,
            pulumi.ResourceOptions(parent=self),
            beside_gateway=settings.hub is not None and settings.hub.use_remote_gateways,
        )
        return WayOut(route_table=route_to(self, firewall.address))

    def _peerings(self, hub: settings_of.Hub) -> list[pulumi.CustomResource]:
        """Ours, and the hub's own, which is read: what needs the road waits for both."""
        last_subnet = self.subnets[SubnetPurpose.PRIVATE_ENDPOINTS]
        ours = network.VirtualNetworkPeering(
            "hub-peering",
            virtual_network_peering_name="to-hub",
            virtual_network_name=self.reference.known_name,
            resource_group_name=self.context.resource_group.known_name,
            remote_virtual_network=network.SubResourceArgs(id=hub.virtual_network_id),
            allow_virtual_network_access=True,
            allow_forwarded_traffic=True,
            use_remote_gateways=hub.use_remote_gateways,
            opts=self.child(depends_on=last_subnet.prerequisites),
        )
        if hub.peering_back is None:
            return [ours]
        theirs = network.VirtualNetworkPeering.get(
            "hub-peering-back",
            child_id(hub.virtual_network_id, "virtualNetworkPeerings", hub.peering_back),
            opts=self.child(depends_on=[ours]),
        )
        return [ours, theirs]


DATABRICKS_SUBNETS = frozenset({SubnetPurpose.DATABRICKS_HOST, SubnetPurpose.DATABRICKS_CONTAINER})
