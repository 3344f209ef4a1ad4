"""A view is made after the tables that its query reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rehearsal.monitor.registration import Resource
from rehearsal.rules import tokens
from rehearsal.rules.rule import Case, Declared, Rule, Violation
from rehearsal.world import World

_READ = re.compile(r"\b(?:FROM|JOIN)\s+`?(\w+)`?\.`?(\w+)`?\.`?(\w+)`?", re.IGNORECASE)


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for parts in _READ.findall(resource.text("viewDefinition")):
        catalog, schema, name = (part.lower() for part in parts)
        table = next(
            (it for it in world.of_types((tokens.SQL_TABLE,)) if _full_name(it) == (catalog, schema, name)),
            None,
        )
        if table is not None and table is not resource and not world.depends_on(resource, table):
            yield Violation("viewDefinition", f"reads {table.urn} without waiting for it; add a dependency")


def _full_name(table: Resource) -> tuple[str, str, str]:
    return (
        table.text("catalogName").lower(),
        table.text("schemaName").lower(),
        table.text("name").lower(),
    )


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
