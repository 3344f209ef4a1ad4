"""SQL warehouses: compute for queries, dashboards and SQL tasks."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from infra.settings.base import LoadingContext, Problem, SettingsModel
from infra.settings.databricks.permissions import Permissions


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


class SqlWarehouse(SettingsModel):
    """A pro warehouse, on machines of this subscription unless serverless."""

    size: WarehouseSize = WarehouseSize.XX_SMALL
    min_clusters: Annotated[int, Field(ge=1, le=30)] = 1
    max_clusters: Annotated[int, Field(ge=1, le=30)] = 1
    auto_stop_minutes: Annotated[int, Field(ge=10, le=120)] = 20
    serverless: bool = False
    """Machines of Databricks' own account: they reach a private lake only through a network connectivity
    configuration."""
    permissions: Permissions = {}

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.min_clusters > self.max_clusters:
            yield Problem(
                "min_clusters", f"is {self.min_clusters}; give at most max_clusters {self.max_clusters}"
            )
