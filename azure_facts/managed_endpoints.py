"""What managed online endpoints of Azure ML run on. The table is `data/managed_endpoint_sizes.csv`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache

from azure_facts.data_files import read_csv
from azure_facts.source import Source

SIZES_SOURCE = Source(
    "learn.microsoft.com machine-learning/reference-managed-online-endpoints-vm-sku-list (2025-10)",
    datetime.date(2026, 11, 30),
)

NETWORK_SOURCE = Source(
    "learn.microsoft.com machine-learning/how-to-managed-network (manually provision a managed VNet)",
    datetime.date(2026, 11, 30),
)

EXAMPLE_SIZE = "Standard_D4as_v4"
"""One of the sizes, as ARM spells it."""


def runs_managed_endpoints(size: str) -> bool:
    """Whether managed deployments run on this size, whatever its case."""
    return size.lower() in _skips_reserve()


def skips_upgrade_reserve(size: str) -> bool:
    """Whether a deployment on this size needs no quota beyond its instances ("Skip 20% Reservation")."""
    return _skips_reserve().get(size.lower(), False)


@cache
def _skips_reserve() -> Mapping[str, bool]:
    rows = read_csv("managed_endpoint_sizes.csv", ("size", "skips_upgrade_reserve"))
    return {row["size"].lower(): row["skips_upgrade_reserve"] == "yes" for row in rows}
