"""SQL warehouses of Databricks: their sizes, and the machines and Databricks units of one cluster.

All figures are from learn.microsoft.com databricks/compute/sql-warehouse/warehouse-behavior.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class WarehouseSize(StrEnum):
    """DBU an hour from 4 to 528 (learn.microsoft.com databricks compute/sql-warehouse)."""

    XX_SMALL = "2X-Small"
    X_SMALL = "X-Small"
    SMALL = "Small"
    MEDIUM = "Medium"
    LARGE = "Large"
    X_LARGE = "X-Large"
    XX_LARGE = "2X-Large"
    XXX_LARGE = "3X-Large"
    XXXX_LARGE = "4X-Large"


ACCEPTED_SIZES: tuple[str, ...] = (*WarehouseSize, "5X-Large")
"""What the service takes (terraform-provider-databricks docs/resources/sql_endpoint.md). No page says the machines
of the last."""


@dataclass(frozen=True)
class WarehouseCluster:
    """One cluster: Databricks units an hour, the VM size of the driver, and the number of workers beside it."""

    units_per_hour: float
    driver: str
    workers: int


WAREHOUSE_WORKER = "Standard_E8ds_v4"
"""The VM size of every worker."""

WAREHOUSE_CLUSTERS: Mapping[str, WarehouseCluster] = MappingProxyType(
    {
        WarehouseSize.XX_SMALL: WarehouseCluster(4, "Standard_E8ds_v4", 1),
        WarehouseSize.X_SMALL: WarehouseCluster(6, "Standard_E8ds_v4", 2),
        WarehouseSize.SMALL: WarehouseCluster(12, "Standard_E16ds_v4", 4),
        WarehouseSize.MEDIUM: WarehouseCluster(24, "Standard_E32ds_v4", 8),
        WarehouseSize.LARGE: WarehouseCluster(40, "Standard_E32ds_v4", 16),
        WarehouseSize.X_LARGE: WarehouseCluster(80, "Standard_E64ds_v4", 32),
        WarehouseSize.XX_LARGE: WarehouseCluster(144, "Standard_E64ds_v4", 64),
        WarehouseSize.XXX_LARGE: WarehouseCluster(272, "Standard_E64ds_v4", 128),
        WarehouseSize.XXXX_LARGE: WarehouseCluster(528, "Standard_E64ds_v4", 256),
    }
)
"""By size, as text."""
