"""Names that the hub resolves: the private API server's, and the router's.

Both zones are this stack's own and linked to the hub, so that nothing has to be written into zones of others.
"""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
from pulumi_azure_native import privatedns

from azure_facts.kubernetes_api_server import api_zone
from infra.component import Component
from infra.context import Context, Reference
from infra.foundation.linked_zone import linked_zone
from infra.settings.network import PrivateNetwork


class ApiServerZone(Component):
    """Owns the zone of the private API server's name, a part of the region's own, and its link to the hub.

    Does not own the record, nor the link to the nodes' network: AKS writes both.
    Azure cannot change later: the zone of a cluster (learn.microsoft.com aks/private-clusters).
    """

    def __init__(self, hub_id: str, context: Context, opts: pulumi.ResourceOptions) -> None:
        super().__init__("serving:ApiServerZone", "api-server-zone", context, opts)
        part = f"{context.environment.workload}-{context.environment.name}"
        self.reference = linked_zone(
            self,
            "api-server-zone",
            f"{part}.{api_zone(context.azure.location)}",
            {"api-server-zone-hub": Reference.to_existing(hub_id)},
        )
        self.register_outputs({"zone": self.reference.name})


class RouterName(Component):
    """Owns a zone of the certificate's name with the router's address in it, and its links.

    Does not own the address: the load balancer gets it from the nodes' subnet when Azure ML's extension is installed.
    """

    def __init__(
        self,
        name: str,
        address: str,
        networks: Mapping[str, Reference],
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("serving:RouterName", "router-name", context, opts)
        links = {f"router-zone-{key}": network for key, network in networks.items()}
        zone = linked_zone(self, "router-zone", name, links)
        privatedns.PrivateRecordSet(
            "router-record",
            relative_record_set_name="@",
            record_type="A",
            private_zone_name=zone.known_name,
            resource_group_name=context.resource_group.known_name,
            ttl=300,
            a_records=[privatedns.ARecordArgs(ipv4_address=address)],
            opts=self.child(),
        )
        self.register_outputs({"name": name})


def hub_of(context: Context) -> str | None:
    """The id of the hub that our own network is peered with."""
    network = context.network
    return network.hub.virtual_network_id if isinstance(network, PrivateNetwork) and network.hub else None


def resolving_networks(context: Context) -> Mapping[str, Reference]:
    """Ours, and the hub."""
    networks = {"own": context.private.virtual_network} if context.private else {}
    hub = hub_of(context)
    return networks | ({"hub": Reference.to_existing(hub)} if hub else {})
