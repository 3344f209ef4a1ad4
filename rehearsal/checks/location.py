"""Where a resource is to be: its own place, or that of its provider."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Finding
from rehearsal.model.world import World
from rehearsal.rules import tokens


def check_location(world: World) -> Iterator[Finding]:
    """Refuses a resource group without a place (GEN302). What lies in a group has the group's, and need not say it."""
    for group in world.of_types((tokens.RESOURCE_GROUP,)):
        if group.external or group.is_unknown("location") or group.value("location"):
            continue
        yield Finding(
            urn=group.urn,
            rule="GEN302",
            path="location",
            message="missing required property 'location': set it here, as the provider's, or as azure-native:location",
            source="pulumi-azure-native 3.29.0 provider.go `validateType`",
        )
