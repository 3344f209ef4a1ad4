"""Which meter of Azure's retail prices API each price of the file is.

Filters and field names: learn.microsoft.com rest/api/cost-management/retail-prices/azure-retail-prices. Meters of
services: repository infracost/infracost, internal/resources/azure and internal/providers/terraform/azure, which reads
the same API. A list that is not here has no meter of one name (Databricks units of a node, data warehouse units), or
none that a public source names; its prices stay as they are, with the day on which they were checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

DAYS_OF_A_MONTH = 365 / 12


@dataclass(frozen=True)
class Meter:
    """One price of the API: `fields` are what a row must equal. A row costs `unit`, and the file's unit is `times` as
    many of them. `global_too`: the service may be billed without a region."""

    fields: Mapping[str, str]
    unit: str
    times: float = 1.0
    global_too: bool = False

    def __str__(self) -> str:
        return ", ".join(self.fields.values())


_HOUR, _GB, _DAY = "1 Hour", "1 GB", "1/Day"


def _machine(size: str) -> Meter:
    return Meter({"serviceName": "Virtual Machines", "armSkuName": size}, _HOUR)


def _registry(tier: str) -> Meter:
    fields = {"serviceName": "Container Registry", "skuName": tier, "meterName": f"{tier} Registry Unit"}
    return Meter(fields, _DAY, times=DAYS_OF_A_MONTH)


def _firewall(tier: str, what: str, unit: str) -> Meter:
    fields = {"serviceName": "Azure Firewall", "skuName": tier, "meterName": f"{tier} {what}"}
    return Meter(fields, unit)


_SERVICES: Mapping[str, Mapping[str, Meter]] = {
    "container_registry": {tier: _registry(tier) for tier in ("Basic", "Standard", "Premium")},
    "kubernetes": {
        "Standard": Meter(
            {"serviceName": "Azure Kubernetes Service", "meterName": "Standard Uptime SLA"}, _HOUR
        )
    },
    "network": {
        "nat_gateway": Meter(
            {"serviceName": "NAT Gateway", "meterName": "Standard Gateway"}, _HOUR, global_too=True
        ),
        "private_endpoint": Meter(
            {"productName": "Virtual Network Private Link", "meterName": "Standard Private Endpoint"},
            _HOUR,
            global_too=True,
        ),
        "public_ip": Meter(
            {"productName": "IP Addresses", "meterName": "Standard IPv4 Static Public IP"},
            _HOUR,
            global_too=True,
        ),
    },
    "firewall": {
        "Standard": _firewall("Standard", "Deployment", _HOUR),
        "Premium": _firewall("Premium", "Deployment", _HOUR),
        "gigabyte": _firewall("Standard", "Data Processed", _GB),
    },
    "managed_network": {
        "Standard": _firewall("Standard", "Deployment", _HOUR),
        "Basic": _firewall("Basic", "Deployment", _HOUR),
    },
}
"""List of the price file, and key in it."""

RENEWED = frozenset({"vm", *_SERVICES})
"""Lists with at least one meter."""


def meter_of(kind: str, key: str) -> Meter | None:
    """The meter of a price; None where no source names it."""
    return _machine(key) if kind == "vm" else _SERVICES.get(kind, {}).get(key)
