"""The private DNS zones of every service that the platform reaches privately."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pulumi

from infra.component import Component
from infra.context import Context, Reference
from infra.foundation.linked_zone import linked_zone
from infra.foundation.private_link import PrivateLink
from infra.settings import network as settings_of


class PrivateDnsZones(Component):
    """Owns the zones and their links to the network, or points at those of a hub.

    Does not own the records in them: each endpoint's zone group writes its own.
    """

    def __init__(
        self,
        settings: settings_of.PrivateDnsZones,
        services: Iterable[PrivateLink],
        virtual_network: Reference,
        hub_id: str | None,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        """`services` are those that this stack will make endpoints for."""
        super().__init__("foundation:PrivateDnsZones", "private-dns", context, opts)
        names = sorted(
            {zone for service in services for zone in service.value.zones_in(context.azure.location)}
        )
        if settings.resource_group_id:
            prefix = f"{settings.resource_group_id}/providers/Microsoft.Network/privateDnsZones"
            self.zones: Mapping[str, Reference] = {
                name: Reference.to_existing(f"{prefix}/{name}") for name in names
            }
        else:
            networks = {"": virtual_network}
            if settings.hub_links and hub_id:
                networks["-hub"] = Reference.to_existing(hub_id)
            self.zones = {
                name: linked_zone(
                    self,
                    f"zone-{name}",
                    name,
                    {f"zone-{name}-link{end}": network for end, network in networks.items()},
                )
                for name in names
            }
        self.register_outputs({"zones": names})
