"""What stacks of one folder must not have in common: spokes of one hub whose addresses overlap.

A hub that is peered with one of them refuses the other (VnetAddressSpaceOverlapsWithAlreadyPeeredVnet), and no stack
sees it alone. A neighbour that cannot be read is its own problem, told when it is loaded.
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
    """Whether this stack's network overlaps that of another stack in `folder`, at the same hub."""
    if not isinstance(network, PrivateNetwork) or network.hub is None or network.address_space is None:
        return
    mine = ipaddress.IPv4Network(network.address_space)
    # A stack whose file lies elsewhere has no neighbours here, whatever a file of its name says.
    if _spoke(folder / f"Pulumi.{stack}.yaml", network.hub.virtual_network_id) != mine:
        return
    for path in sorted(folder.glob("Pulumi.*.yaml")):
        other = path.name.removeprefix("Pulumi.").removesuffix(".yaml")
        theirs = None if other == stack else _spoke(path, network.hub.virtual_network_id)
        if theirs is not None and theirs.overlaps(mine):
            yield Problem(
                "network.address_space",
                f"{mine} overlaps with {theirs} of stack {other}, and both are spokes of one hub, which refuses to be "
                "peered with both; give a range apart",
            )


def _spoke(path: Path, hub: str) -> ipaddress.IPv4Network | None:
    """The address space of a stack whose network is peered with this hub."""
    try:
        network = read_stack_file(path, PROJECT).get(f"{PROJECT}:network")
    except StackFileError:
        return None
    if not isinstance(network, Mapping) or not isinstance(peered := network.get("hub"), Mapping):
        return None
    if str(peered.get("virtual_network_id", "")).lower() != hub.lower():
        return None
    try:
        return ipaddress.IPv4Network(network.get("address_space"))
    except ValueError:
        return None
