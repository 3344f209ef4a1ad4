"""A table or view is made by a statement, which runs somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.rule import Case, Declared, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    given = [
        name for name in ("warehouseId", "clusterId") if resource.value(name) or resource.is_unknown(name)
    ]
    if not given:
        yield Violation(
            "warehouseId",
            "is missing; the provider would make a cluster terraform-sql-table for it, with no policy: set it",
        )


def _case(more: dict[str, object]) -> Case:
    table = {"catalogName": "lake", "schemaName": "gold", "name": "sales", "tableType": "MANAGED", **more}
    return Case((Declared(tokens.SQL_TABLE, table),))


RULE = Rule(
    id="DBX159",
    service="Unity Catalog",
    title="tables and views name their warehouse",
    applies_to=(tokens.SQL_TABLE,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/sql_table.md (cluster_id, warehouse_id)",
    check=_check,
    trips=_case({}),
    passes=_case({"warehouseId": "1234567890abcdef"}),
    severity=Severity.WARNING,
)
