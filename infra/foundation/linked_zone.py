"""A private DNS zone of this stack with its links to networks: one form for service zones and for names of our own."""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_azure_native import privatedns

from infra.component import Component
from infra.context import Reference


def linked_zone(owner: Component, logical_name: str, name: str, links: Mapping[str, Reference]) -> Reference:
    """The zone, usable once its links exist. `links`: a link's logical name -> the network that it leads to."""
    context = owner.context
    zone = privatedns.PrivateZone(
        logical_name,
        private_zone_name=name,
        resource_group_name=context.resource_group.known_name,
        location="global",
        tags=owner.tags,
        opts=owner.child(),
    )
    zone_id = context.arm.private_dns_zone_id(name)
    owner.verify(zone_id, zone)
    reference = Reference(zone_id, name, (zone,))
    made = [
        privatedns.VirtualNetworkLink(
            link,
            virtual_network_link_name=network.name,
            private_zone_name=reference.known_name,
            resource_group_name=context.resource_group.known_name,
            location="global",
            registration_enabled=False,
            virtual_network=privatedns.SubResourceArgs(id=network.known_id),
            tags=owner.tags,
            opts=owner.child(),
        )
        for link, network in links.items()
    ]
    return reference.after(*made)
