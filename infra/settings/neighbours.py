"""What stacks of one folder must not have in common: spokes of one hub whose addresses overlap, or who both link zones.

A hub that is peered with one of them refuses the other (VnetAddressSpaceOverlapsWithAlreadyPeeredVnet), a network is
linked with one zone of a name (MicrosoftDocs/azure-aks-docs issue 212, microsoft-foundry/foundry-samples pull 214: "A
virtual network cannot be linked to multiple zones with overlapping namespaces"; read 2026-11-30), and no stack sees it
alone. A neighbour that cannot be read is its own problem, told when it is loaded.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from pathlib import Path

from infra.settings.base import PROJECT, Problem
from infra.settings.network import PrivateNetwork, PublicNetwork
from pulumi_stack_files.errors import StackFileError
from pulumi_stack_files.stack_file import read_stack_file


def spoke_problems(network: PublicNetwork | PrivateNetwork, stack: str, folder: Path) -> Iterator[Problem]:
    """What this stack's network and that of another stack in `folder`, at the same hub, cannot both have."""
    if not isinstance(network, PrivateNetwork) or network.hub is None or network.address_space is None:
        return
    mine = ipaddress.IPv4Network(network.address_space)
    hub = network.hub.virtual_network_id
    # A stack whose file is elsewhere has no neighbours here, even if a file here has its name.
    if _address_space(_at_hub(folder / f"Pulumi.{stack}.yaml", hub)) != mine:
        return
    for path in sorted(folder.glob("Pulumi.*.yaml")):
        other = path.name.removeprefix("Pulumi.").removesuffix(".yaml")
        neighbour = {} if other == stack else _at_hub(path, hub)
        if network.private_dns_zones.hub_links and _links_hub(neighbour):
            yield Problem(
                "network.private_dns_zones.hub_links",
                f"is true in stack {other} too, and a hub is linked with one zone of a name; leave one of the two, or "
                "give both resource_group_id of the hub's zones",
            )
        theirs = _address_space(neighbour)
        if theirs is not None and theirs.overlaps(mine):
            yield Problem(
                "network.address_space",
                f"{mine} overlaps with {theirs} of stack {other}, and both are spokes of one hub, which refuses to be "
                "peered with both; give a range apart",
            )


def _at_hub(path: Path, hub: str) -> Mapping[str, object]:
    """The network of a stack that is peered with this hub; empty for any other."""
    try:
        network = read_stack_file(path, PROJECT).get(f"{PROJECT}:network")
    except StackFileError:
        return {}
    if not isinstance(network, Mapping) or not isinstance(peered := network.get("hub"), Mapping):
        return {}
    return network if str(peered.get("virtual_network_id", "")).lower() == hub.lower() else {}


def _address_space(network: Mapping[str, object]) -> ipaddress.IPv4Network | None:
    try:
        return ipaddress.IPv4Network(str(network.get("address_space")))
    except ValueError:
        return None


def _links_hub(network: Mapping[str, object]) -> bool:
    zones = network.get("private_dns_zones")
    return isinstance(zones, Mapping) and zones.get("hub_links") is True
