"""What every part rests on, in dependency order: the resource group, roles, identities, logs, network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pulumi

from azure_facts.arm_ids import resource_group_id
from infra.access.custom_roles import CustomRoles
from infra.access.resource_group import ResourceGroupAccess
from infra.access.workload_identities import WorkloadIdentities
from infra.context import Context, PrivateConnectivity, Reference
from infra.conventions.name_rules import ResourceKind
from infra.conventions.tags import build_tags
from infra.foundation.defender_plans import DefenderPlans
from infra.foundation.egress_rules import EgressRule, egress_rules
from infra.foundation.flow_logs import FlowLogs
from infra.foundation.observability import Observability
from infra.foundation.private_dns_zones import PrivateDnsZones
from infra.foundation.private_link import private_links
from infra.foundation.private_link_scope import PrivateLinkScope
from infra.foundation.resource_group import ResourceGroup
from infra.foundation.virtual_network import VirtualNetwork
from infra.settings.names import naming_of
from infra.settings.network import PrivateNetwork
from infra.settings.platform import PlatformSettings


class Foundation:
    """One resource group, with roles, identities, logs and network. `context` is what every other part is given.

    Is no component of its own: what it makes lies directly under the platform.
    """

    def __init__(self, settings: PlatformSettings, inside: pulumi.ResourceOptions) -> None:
        group = ResourceGroup(_planned_context(settings), inside)
        context = _planned_context(settings, group.reference)
        # Roles of its own, and identities for programs outside.
        context = replace(context, custom_roles=CustomRoles(context, inside).references)
        self.workloads = WorkloadIdentities(context, inside) if settings.access.workloads else None
        context = replace(context, workloads=self.workloads.workloads if self.workloads else {})
        # Logs to one workspace.
        self.observability = Observability(settings.observability, context, inside)
        context = replace(context, log_analytics=self.observability.log_analytics)
        # Reached through one network, unless it is public.
        if isinstance(settings.network, PrivateNetwork):
            private = _connect(settings, settings.network, context, inside)
            context = replace(context, private=private)
            _write_down_flows(settings.network, self.observability, private, context, inside)
            scope = _link_scope(settings.network, self.observability, context, inside)
            context = replace(context, private=replace(private, private_link_scope=scope))
        # Watched by Defender for Cloud, where this stack says so for its subscription.
        if settings.security.defender_plans:
            DefenderPlans(settings.security, context, inside)
        # Open to the personas of the access table.
        ResourceGroupAccess(context, inside)
        self.context = context
        self.outputs: dict[str, pulumi.Input[object]] = {
            "resource_group": context.resource_group.name,
            "network": _to_connect(context, egress_rules(settings)),
            "workloads": self.workloads.outputs if self.workloads else None,
        }


def _planned_context(settings: PlatformSettings, resource_group: Reference | None = None) -> Context:
    """The context; before the resource group exists, with the group as it is planned."""
    naming = naming_of(settings)
    group_name = naming.name(ResourceKind.RESOURCE_GROUP)
    return Context(
        environment=settings.environment,
        azure=settings.azure,
        naming=naming,
        tags=build_tags(
            workload=settings.environment.workload,
            environment=settings.environment.name,
            owner=settings.tags.owner,
            cost_center=settings.tags.cost_center,
            data_classification=settings.tags.data_classification,
            extra=settings.tags.extra,
        ),
        recovery=settings.recovery.in_(settings.environment),
        network=settings.network,
        access=settings.access,
        resource_group=resource_group
        or Reference(resource_group_id(settings.azure.subscription_id, group_name), group_name),
    )


def _connect(
    settings: PlatformSettings, network: PrivateNetwork, context: Context, inside: pulumi.ResourceOptions
) -> PrivateConnectivity:
    """The network and the zones for private endpoints of the parts in use."""
    virtual_network = VirtualNetwork(network, egress_rules(settings), context, inside)
    zones = PrivateDnsZones(
        network.private_dns_zones,
        private_links(settings),
        virtual_network.reference,
        network.hub.virtual_network_id if network.hub else None,
        context,
        inside,
    )
    return PrivateConnectivity(virtual_network.reference, virtual_network.subnets, zones.zones)


def _link_scope(
    network: PrivateNetwork, observability: Observability, context: Context, inside: pulumi.ResourceOptions
) -> Reference:
    """The private side of Azure Monitor: one scope for all networks that share DNS, made here or given."""
    if network.private_link_scope_id:
        return Reference.to_existing(network.private_link_scope_id)
    return PrivateLinkScope(observability, context, inside).reference


def _write_down_flows(
    network: PrivateNetwork,
    observability: Observability,
    private: PrivateConnectivity,
    context: Context,
    inside: pulumi.ResourceOptions,
) -> None:
    if network.flow_logs is not None:
        target, logs = private.virtual_network, observability.log_analytics
        FlowLogs(network.flow_logs, target, logs, context, inside)


def _to_connect(context: Context, rules: Sequence[EgressRule]) -> dict[str, pulumi.Input[object]] | None:
    """What the hub's owner needs: the network to peer with, the zones to link with it, what its firewall lets out."""
    if context.private is None:
        return None
    found: dict[str, pulumi.Input[object]] = {
        "virtual_network_id": context.private.virtual_network.id,
        "private_dns_zones": sorted(context.private.zones),
    }
    if rules:
        found["allowed_out"] = [rule.described for rule in rules]
    return found
