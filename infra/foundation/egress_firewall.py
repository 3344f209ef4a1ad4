"""An Azure Firewall of the stack's own, which lets out what the stack needs and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_azure_native import network

from azure_facts.azure_firewall import DEFAULT_ROUTE, FIREWALL_SUBNET
from azure_facts.egress import TargetKind
from infra.component import LONG_TIMEOUTS, Component
from infra.context import Context, Reference
from infra.conventions.address_plan import SubnetPurpose
from infra.conventions.name_rules import ResourceKind
from infra.foundation.diagnostics import send_diagnostics
from infra.foundation.egress_rules import EgressRule
from infra.foundation.way_out import public_address, route_table
from infra.settings.egress import Firewall, HostProtocol

_PROTOCOLS: Mapping[HostProtocol, network.FirewallPolicyRuleApplicationProtocolType] = {
    HostProtocol.HTTPS: network.FirewallPolicyRuleApplicationProtocolType.HTTPS,
    HostProtocol.HTTP: network.FirewallPolicyRuleApplicationProtocolType.HTTP,
}


class EgressFirewall(Component):
    """Owns the firewall, its subnet and public address, and its policy with the rules.

    Does not own the routes that lead to it.
    Azure cannot change later: name, location, zones; the subnet stays until the firewall has gone.
    """

    def __init__(
        self,
        settings: Firewall,
        address_range: str,
        virtual_network: Reference,
        rules: Sequence[EgressRule],
        plan: Mapping[SubnetPurpose, str],
        context: Context,
        opts: pulumi.ResourceOptions,
        *,
        beside_gateway: bool,
    ) -> None:
        super().__init__("foundation:EgressFirewall", "egress-firewall", context, opts)
        self.subnet = self._subnet(address_range, virtual_network, beside_gateway=beside_gateway)
        policy = self._policy(settings, rules, plan)
        self.address = self._firewall(settings, policy)
        self.register_outputs({"address": self.address})

    def _subnet(self, address_range: str, virtual_network: Reference, *, beside_gateway: bool) -> Reference:
        """Without a security group, which Azure takes none of here. Beside a gateway on-premises may announce a way
        out of its own, and the firewall's must lead to the internet."""
        straight = (
            route_table(
                self,
                "firewall",
                network.RouteArgs(
                    name="internet",
                    address_prefix=DEFAULT_ROUTE,
                    next_hop_type=network.RouteNextHopType.INTERNET,
                ),
            )
            if beside_gateway
            else None
        )
        subnet = network.Subnet(
            "subnet-firewall",
            subnet_name=FIREWALL_SUBNET,
            virtual_network_name=virtual_network.known_name,
            resource_group_name=self.context.resource_group.known_name,
            address_prefix=address_range,
            default_outbound_access=False,
            route_table=network.RouteTableArgs(id=straight.known_id) if straight else None,
            opts=self.child(ignore_changes=["ipConfigurations"]),
        )
        subnet_id = self.context.arm.subnet_id(virtual_network.name, FIREWALL_SUBNET)
        self.verify(subnet_id, subnet)
        return Reference(subnet_id, FIREWALL_SUBNET, (subnet,))

    def _policy(
        self, settings: Firewall, rules: Sequence[EgressRule], plan: Mapping[SubnetPurpose, str]
    ) -> Reference:
        context = self.context
        name = context.naming.name(ResourceKind.FIREWALL_POLICY)
        policy = network.FirewallPolicy(
            "firewall-policy",
            firewall_policy_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            sku=network.FirewallPolicySkuArgs(tier=network.FirewallPolicySkuTier(settings.tier)),
            threat_intel_mode=network.AzureFirewallThreatIntelMode.DENY,
            # Hosts in rules about addresses are looked up by the firewall itself.
            dns_settings=network.DnsSettingsArgs(enable_proxy=True),
            tags=self.tags,
            opts=self.child(),
        )
        policy_id = context.arm.firewall_policy_id(name)
        self.verify(policy_id, policy)
        reference = Reference(policy_id, name, (policy,))
        group = network.FirewallPolicyRuleCollectionGroup(
            "egress-rules",
            rule_collection_group_name="egress",
            firewall_policy_name=reference.known_name,
            resource_group_name=context.resource_group.known_name,
            priority=200,
            rule_collections=list(_collections(rules, plan)),
            opts=self.child(),
        )
        # A firewall that takes on a policy while its rules change fails: AnotherOperationInProgress.
        return reference.after(group)

    def _firewall(self, settings: Firewall, policy: Reference) -> pulumi.Output[str]:
        context = self.context
        zones = settings.availability_zones
        address = public_address(self, "firewall-address", "firewall", zones)
        name = context.naming.name(ResourceKind.FIREWALL)
        firewall = network.AzureFirewall(
            "firewall",
            azure_firewall_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            sku=network.AzureFirewallSkuArgs(
                name=network.AzureFirewallSkuName.AZF_W_V_NET,
                tier=network.AzureFirewallSkuTier(settings.tier),
            ),
            firewall_policy=network.SubResourceArgs(id=policy.known_id),
            ip_configurations=[
                network.AzureFirewallIPConfigurationArgs(
                    name="egress",
                    subnet=network.SubResourceArgs(id=self.subnet.known_id),
                    public_ip_address=network.SubResourceArgs(id=address.known_id),
                )
            ],
            zones=list(zones) or None,
            tags=self.tags,
            opts=self.child(immutable=["zones"] if zones else [], custom_timeouts=LONG_TIMEOUTS),
        )
        firewall_id = context.arm.firewall_id(name)
        self.verify(firewall_id, firewall)
        send_diagnostics(self, "firewall", Reference(firewall_id, name, (firewall,)))
        return firewall.ip_configurations.apply(_private_address)


def _private_address(
    configurations: Sequence[network.outputs.AzureFirewallIPConfigurationResponse] | None,
) -> str:
    address = configurations[0].private_ip_address if configurations else None
    if address is None:
        raise pulumi.RunError(
            "Azure returned no private address of the firewall; nothing could be routed to it"
        )
    return address


def _collections(
    rules: Sequence[EgressRule], plan: Mapping[SubnetPurpose, str]
) -> list[network.FirewallPolicyFilterRuleCollectionArgs]:
    """By addresses first, as Azure Firewall itself reads them (learn.microsoft.com firewall/rule-processing)."""
    by_address = [_network_rule(rule, plan) for rule in rules if rule.by_address]
    by_name = [_application_rule(rule, plan) for rule in rules if not rule.by_address]
    return [
        network.FirewallPolicyFilterRuleCollectionArgs(
            name=name,
            priority=priority,
            rule_collection_type="FirewallPolicyFilterRuleCollection",
            action=network.FirewallPolicyFilterRuleCollectionActionArgs(
                type=network.FirewallPolicyFilterRuleCollectionActionType.ALLOW
            ),
            rules=collected,
        )
        for name, priority, collected in (
            ("by-address", 200, by_address),
            ("by-name", 300, by_name),
        )
        if collected
    ]


def _network_rule(rule: EgressRule, plan: Mapping[SubnetPurpose, str]) -> network.NetworkRuleArgs:
    by_tag = rule.kind is TargetKind.SERVICE_TAG
    return network.NetworkRuleArgs(
        name=rule.name,
        description=rule.why,
        rule_type="NetworkRule",
        ip_protocols=[network.FirewallPolicyRuleNetworkProtocol.TCP],
        source_addresses=[plan[source] for source in rule.sources],
        destination_addresses=list(rule.targets) if by_tag else None,
        destination_fqdns=None if by_tag else list(rule.targets),
        destination_ports=[str(rule.port)],
    )


def _application_rule(rule: EgressRule, plan: Mapping[SubnetPurpose, str]) -> network.ApplicationRuleArgs:
    by_tag = rule.kind is TargetKind.FQDN_TAG
    return network.ApplicationRuleArgs(
        name=rule.name,
        description=rule.why,
        rule_type="ApplicationRule",
        protocols=[
            network.FirewallPolicyRuleApplicationProtocolArgs(
                protocol_type=_PROTOCOLS[rule.protocol], port=rule.port
            )
        ],
        source_addresses=[plan[source] for source in rule.sources],
        fqdn_tags=list(rule.targets) if by_tag else None,
        target_fqdns=None if by_tag else list(rule.targets),
    )
