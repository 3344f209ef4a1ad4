"""Catalogs and schemas do not take the names that Databricks keeps for itself."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.unity_catalog_names import (
    RESERVED_NAMES_PAGE,
    STANDING_CATALOGS_ISSUE,
    reserved_catalog_problem,
    reserved_schema_problem,
)
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_CATALOG = "databricks:index/catalog:Catalog"
_PROBLEM = {
    _CATALOG: reserved_catalog_problem,
    "databricks:index/schema:Schema": reserved_schema_problem,
}


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    name = resource.text("name")
    problem = _PROBLEM[resource.type](name) if name else None
    if problem:
        yield Violation("name", f"'{name}' {problem}")


def _case(name: str) -> Case:
    return Case((Declared(_CATALOG, {"name": name}),))


RULE = Rule(
    id="DBX284",
    service="Unity Catalog",
    title="no name that Databricks keeps for itself",
    applies_to=tuple(_PROBLEM),
    status=0,
    code="",
    source=f"{RESERVED_NAMES_PAGE}; {STANDING_CATALOGS_ISSUE}",
    check=_check,
    trips=_case("system_of_sales"),
    passes=_case("sales_system"),
    severity=Severity.WARNING,
)
