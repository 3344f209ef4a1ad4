"""What the settings say of names: which sub-resources get private endpoints, and where their zones answer."""

from __future__ import annotations

from dataclasses import dataclass

from azure_facts.arm_ids import resource_group_id
from azure_facts.private_link import SubResource
from infra.conventions.name_rules import ResourceKind
from infra.foundation.private_link import private_links
from infra.settings.names import naming_of
from infra.settings.network import PrivateNetwork
from infra.settings.platform import PlatformSettings
from infra.verify.promise import Place
from infra.verify.wire import AddressKind


@dataclass(frozen=True)
class Declared:
    """`endpoints` of what is in `resource_group`, none in a public stack. `own_zones`: the zones that the stack makes
    itself; they answer in the networks `linked`, by ARM id in lower case."""

    endpoints: frozenset[SubResource]
    resource_group: str
    region: str
    own_zones: frozenset[str] = frozenset()
    linked: frozenset[str] = frozenset()

    @classmethod
    def of(cls, settings: PlatformSettings) -> Declared:
        """What a stack's settings say."""
        group = resource_group_id(
            settings.azure.subscription_id, naming_of(settings).name(ResourceKind.RESOURCE_GROUP)
        )
        region, network = settings.azure.location, settings.network
        if not isinstance(network, PrivateNetwork):
            return cls(frozenset(), group, region)
        endpoints = frozenset(link.value for link in private_links(settings))
        if network.private_dns_zones.resource_group_id is not None:
            return cls(endpoints, group, region)
        zones = frozenset(zone for one in endpoints for zone in one.zones_in(region))
        hub = network.hub.virtual_network_id if network.hub and network.private_dns_zones.hub_links else ""
        own = (
            network.existing.virtual_network_id
            if network.existing
            else f"{group}/providers/Microsoft.Network/virtualNetworks/"
            + naming_of(settings).name(ResourceKind.VIRTUAL_NETWORK)
        )
        return cls(endpoints, group, region, zones, frozenset(one.lower() for one in (own, hub) if one))

    def kind_of(self, target: str, linked: SubResource | None, place: Place | None) -> AddressKind:
        """What the name of a sub-resource of `target` resolves to at a place; None: at one that nobody describes.
        A host that no private link leads to may be anywhere."""
        if linked is None or place is None:
            return AddressKind.EITHER
        if not place.is_network:
            return AddressKind.PUBLIC
        answers = place.resolves | (self.own_zones if place.network.lower() in self.linked else frozenset())
        ours = target.lower().startswith(f"{self.resource_group.lower()}/")
        zone_answers = not answers.isdisjoint(linked.zones_in(self.region))
        return (
            AddressKind.PRIVATE if zone_answers and ours and linked in self.endpoints else AddressKind.EITHER
        )
