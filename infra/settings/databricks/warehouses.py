"""SQL warehouses: compute for queries, dashboards and SQL tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from azure_facts.sql_warehouses import WarehouseSize
from infra.settings.base import LoadingContext, Problem, SettingsModel
from infra.settings.databricks.permissions import Permissions


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
