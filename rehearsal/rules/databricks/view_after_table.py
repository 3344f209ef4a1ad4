"""A view is made after the tables that its query reads."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.rule import Case, Declared, Rule, Violation
from rehearsal.rules.view_queries import tables_read


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for _, table in tables_read(resource, world):
        if table is not None and table is not resource and not world.depends_on(resource, table):
            yield Violation("viewDefinition", f"reads {table.urn} without waiting for it; add a dependency")


_TABLE = {
    "catalogName": "lake",
    "schemaName": "gold",
    "name": "sales",
    "tableType": "MANAGED",
    "warehouseId": "1234567890abcdef",
}
_VIEW = {**_TABLE, "name": "by_day", "tableType": "VIEW", "viewDefinition": "SELECT day FROM lake.gold.sales"}


def _case(depends_on: tuple[str, ...]) -> Case:
    return Case(
        (
            Declared(tokens.SQL_TABLE, _TABLE, "table"),
            Declared(tokens.SQL_TABLE, _VIEW, depends_on=depends_on),
        )
    )


RULE = Rule(
    id="DBX160",
    service="Unity Catalog",
    title="views after the tables that they read",
    applies_to=(tokens.SQL_TABLE,),
    status=404,
    code="TABLE_OR_VIEW_NOT_FOUND",
    source="docs.databricks.com error-messages/error-classes (TABLE_OR_VIEW_NOT_FOUND)",
    check=_check,
    trips=_case(()),
    passes=_case(("table",)),
)
