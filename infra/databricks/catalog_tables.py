"""Tables and views of a catalog: what other tools rely on, and what analysts read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pulumi
import pulumi_databricks

from infra.conventions.known import known
from infra.settings.databricks import unity_catalog as settings_of

if TYPE_CHECKING:
    from infra.databricks.unity_catalog import UnityCatalog

CATALOG = "{catalog}"
"""In a view's query: the name of the catalog in this environment."""


def object_name(key: str) -> str:
    """A key as SQL writes it without quotes."""
    return key.replace("-", "_")


class CatalogTables:
    """The tables and views of one catalog, made by statements on a warehouse."""

    def __init__(
        self, owner: UnityCatalog, catalog_name: str, warehouse: pulumi_databricks.SqlEndpoint
    ) -> None:
        self._owner = owner
        self._catalog_name = catalog_name
        self._warehouse = warehouse
        self._tables: list[pulumi.Resource] = []

    def tables(
        self,
        label: str,
        settings: Mapping[str, settings_of.Table],
        schema: pulumi_databricks.Schema,
        locations: Mapping[str, settings_of.ExternalLocation],
    ) -> None:
        """Protected: a table that is made anew is empty."""
        for key, table in settings.items():
            self._tables.append(
                pulumi_databricks.SqlTable(
                    f"unity-catalog-table-{label}-{key}",
                    catalog_name=known(self._catalog_name, schema),
                    schema_name=schema.name,
                    name=object_name(key),
                    table_type="EXTERNAL" if table.external_location else "MANAGED",
                    storage_location=self._place(table, locations),
                    data_source_format="DELTA",
                    properties=dict(self._owner.table_properties) or None,
                    owner=self._owner.owner,
                    comment=table.comment,
                    columns=[
                        pulumi_databricks.SqlTableColumnArgs(name=column, type=kind)
                        for column, kind in sorted(table.columns.items())
                    ],
                    warehouse_id=self._warehouse.id,
                    opts=self._owner.metastore_object(stateful=True),
                )
            )

    def _place(
        self, table: settings_of.Table, locations: Mapping[str, settings_of.ExternalLocation]
    ) -> pulumi.Output[str] | None:
        if table.external_location is None or table.path is None:
            return None
        return self._owner.place(locations, table.external_location, table.path)

    def views(self, label: str, settings: Mapping[str, str], schema: pulumi_databricks.Schema) -> None:
        """After every table of the catalog: a query over a missing one is refused."""
        for key, query in settings.items():
            pulumi_databricks.SqlTable(
                f"unity-catalog-view-{label}-{key}",
                catalog_name=known(self._catalog_name, schema),
                schema_name=schema.name,
                name=object_name(key),
                table_type="VIEW",
                view_definition=query.replace(CATALOG, self._catalog_name),
                owner=self._owner.owner,
                warehouse_id=self._warehouse.id,
                opts=self._owner.metastore_object(depends_on=self._tables),
            )
