"""Private link: which sub-resources a service has, and the private DNS zones in which their names must resolve."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from azure_facts.data_files import read_csv
from azure_facts.source import Source

SOURCE = Source("learn.microsoft.com private-link/private-endpoint-dns", datetime.date(2026, 11, 29))
"""The table of Azure's public cloud, as the page of 2026-05-07 has it."""

SCOPE_MODES = Source(
    "learn.microsoft.com azure-monitor/logs/private-link-design (sending logs does not adhere to access modes; "
    "diagnostic settings go over a channel of Microsoft's that nothing here bears on); Azure/azure-policy "
    "AzureMonitorPrivateLinkScopes_AccessModeSettings_Audit.json (in private mode a network reaches private link "
    "resources only)",
    datetime.date(2026, 11, 30),
)
SCOPE_OPEN_MODE = "Open"


@dataclass(frozen=True)
class SubResource:
    """One sub-resource (`groupIds` of a private endpoint) of an ARM type.

    `zones` may hold `{region}`, the region's name. A name of one endpoint may resolve in several zones, so all of them
    belong to the endpoint's zone group.
    """

    resource_type: str
    """In lower case, as ARM compares them."""
    group: str
    zones: tuple[str, ...]

    def zones_in(self, region: str) -> tuple[str, ...]:
        """The names of the zones for a resource of this region, such as `westeurope`."""
        return tuple(zone.format(region=region) for zone in self.zones)


SUB_RESOURCES: tuple[SubResource, ...] = tuple(
    SubResource(row["resource_type"], row["group"], tuple(row["zones"].split()))
    for row in read_csv("private_link.csv", ("resource_type", "group", "zones"))
)
"""Every sub-resource of the types that a machine-learning platform works with."""


def _by_type() -> Mapping[str, Mapping[str, SubResource]]:
    table: dict[str, dict[str, SubResource]] = {}
    for sub_resource in SUB_RESOURCES:
        table.setdefault(sub_resource.resource_type, {})[sub_resource.group] = sub_resource
    return MappingProxyType(table)


_TABLE = _by_type()


def sub_resources(resource_type: str) -> Sequence[SubResource]:
    """All of an ARM type, whose case does not matter; none for a type that the table does not have."""
    return tuple(_TABLE.get(resource_type.lower(), {}).values())


def sub_resource(resource_type: str, group: str) -> SubResource:
    """One of an ARM type. Raises KeyError for a type or a group that the table does not have."""
    return _TABLE[resource_type.lower()][group]


def usual_group(resource_type: str) -> str:
    """The sub-resource that a type is mostly called by, the first one of the table; empty for a type that is not in
    it."""
    found = sub_resources(resource_type)
    return found[0].group if found else ""
