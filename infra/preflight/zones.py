"""The links of the hub's private DNS zones, which their owner makes between the two phases."""

from __future__ import annotations

from collections.abc import Iterator

from infra.foundation.private_link import private_links
from infra.live.errors import looking
from infra.live.session import ARM
from infra.preflight.finding import Finding, Verdict
from infra.preflight.road import network_id
from infra.preflight.task import Task
from infra.settings.network import PrivateNetwork

_CHECK = "zones are linked"
_API_VERSION = "2024-06-01"


def zones_are_linked(task: Task) -> Iterator[Finding]:
    """A network that a zone is not linked to asks the public for its names, and calls addresses that are closed."""
    network = task.settings.network
    if not isinstance(network, PrivateNetwork) or network.private_dns_zones.resource_group_id is None:
        return
    if network.awaits_hub:
        yield Finding(
            _CHECK, Verdict.NOTE, "phase 1 of 2: the zones' owner links them with the network after it"
        )
        return
    group = network.private_dns_zones.resource_group_id
    wanted = network.existing.virtual_network_id if network.existing else network_id(task)
    zones = sorted(
        {
            zone
            for service in private_links(task.settings)
            for zone in service.value.zones_in(task.settings.azure.location)
        }
    )
    missing = [zone for zone in zones if wanted.lower() not in _linked(task, group, zone)]
    if not missing:
        yield Finding(_CHECK, Verdict.OK, f"all {len(zones)} zones are linked with the network")
        return
    _, _, subscription, _, name = group.split("/")
    yield Finding(
        _CHECK,
        Verdict.FAILED,
        f"{', '.join(missing)}: not there, or not linked with the network, so their names resolve to public addresses",
        f"az network private-dns link vnet create --subscription {subscription} --resource-group {name} --zone-name "
        f"{missing[0]} --name {task.settings.environment.workload}-{task.settings.environment.name} "
        f"--virtual-network {wanted} --registration-enabled false",
    )


def _linked(task: Task, group: str, zone: str) -> set[str]:
    """The ids, in lower case, of the networks that a zone is linked with; none for a zone that is not there."""
    path = f"{group}/providers/Microsoft.Network/privateDnsZones/{zone}/virtualNetworkLinks"
    with looking(f"the links of {zone}", "Reader"):
        answer = task.azure.send(
            "GET", f"{task.azure.base_url}{path}?api-version={_API_VERSION}", f"{ARM}/.default"
        )
        if answer.status_code == 404:
            return set()
        answer.raise_for_status()
        found = answer.json().get("value", [])
    return {
        str(link.get("properties", {}).get("virtualNetwork", {}).get("id", "")).lower()
        for link in found
        if link.get("properties", {}).get("virtualNetworkLinkState") == "Completed"
    }
