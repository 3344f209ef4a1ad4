"""`ipRangeContains` of Azure Policy: ranges as addresses, CIDR or first and last address.

Source: `azure_facts.azure_policy.RULE_SOURCE`."""

from __future__ import annotations

import ipaddress

from rehearsal.azure_policy.comparison import text_of
from rehearsal.azure_policy.verdict import DoubtError, DoubtKind


def range_contains(outer: str, inner: object) -> bool:
    """Whether the first range holds the whole second one. Raises `DoubtError`, as Azure ends with an error, for what
    is no range and for ranges of two families."""
    outer_version, outer_first, outer_last = _bounds(outer)
    inner_version, inner_first, inner_last = _bounds(text_of(inner))
    if outer_version != inner_version:
        raise DoubtError(f"ipRangeContains() is given {outer} and {inner}, of two families", DoubtKind.FAILED)
    return outer_first <= inner_first and inner_last <= outer_last


def _bounds(text: str) -> tuple[int, int, int]:
    first, dash, last = text.partition("-")
    try:
        if dash:
            lower, upper = ipaddress.ip_address(first.strip()), ipaddress.ip_address(last.strip())
            if lower.version == upper.version and int(lower) <= int(upper):
                return lower.version, int(lower), int(upper)
        else:
            network = ipaddress.ip_network(text.strip(), strict=False)
            return network.version, int(network.network_address), int(network.broadcast_address)
    except ValueError:
        pass
    raise DoubtError(f"ipRangeContains() is given {text!r}, which is no range of addresses", DoubtKind.FAILED)
