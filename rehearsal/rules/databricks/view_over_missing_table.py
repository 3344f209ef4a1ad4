"""A view in a new schema reads tables that somebody declares: no job has made any there yet."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation
from rehearsal.rules.view_queries import tables_read

_SCHEMA = "databricks:index/schema:Schema"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for parts, table in tables_read(resource, world):
        if table is not None:
            continue
        catalog, schema, _ = (part.lower() for part in parts)
        # In a schema that existed before, a job may have made the table.
        for made in world.of_types((_SCHEMA,)):
            if (made.text("catalogName").lower(), made.text("name").lower()) == (catalog, schema):
                yield Violation(
                    "viewDefinition",
                    f"reads {'.'.join(parts)}, which is not there when {made.urn} is new; declare the table",
                )


def _case(query: str) -> Case:
    """A view in a schema of this program, over a table that nobody declares."""
    return Case(
        (
            Declared("databricks:index/catalog:Catalog", {"name": "lake"}, "catalog"),
            Declared(_SCHEMA, {"catalogName": Ref("catalog"), "name": "gold"}, "schema"),
            Declared(
                tokens.SQL_TABLE,
                {
                    "catalogName": Ref("catalog"),
                    "schemaName": "gold",
                    "name": "by_day",
                    "tableType": "VIEW",
                    "warehouseId": "1234567890abcdef",
                    "viewDefinition": query,
                },
                depends_on=("schema",),
            ),
        )
    )


RULE = Rule(
    id="DBX163",
    service="Unity Catalog",
    title="views read tables that are there",
    applies_to=(tokens.SQL_TABLE,),
    status=404,
    code="TABLE_OR_VIEW_NOT_FOUND",
    source="docs.databricks.com error-messages/error-classes (TABLE_OR_VIEW_NOT_FOUND)",
    check=_check,
    trips=_case("SELECT day FROM lake.gold.sales"),
    passes=_case("SELECT day FROM elsewhere.gold.sales"),
    severity=Severity.WARNING,
)
