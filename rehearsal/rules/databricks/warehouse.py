"""A warehouse has a size that exists, and serverless only of type PRO."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.sql_warehouses import ACCEPTED_SIZES
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    size = resource.text("clusterSize")
    if size and size not in ACCEPTED_SIZES:
        yield Violation("clusterSize", f"'{size}' must be one of {', '.join(ACCEPTED_SIZES)}")
    if resource.value("enableServerlessCompute") is True and resource.text("warehouseType") != "PRO":
        yield Violation("warehouseType", "serverless needs 'PRO' (the default is CLASSIC)")


RULE = Rule(
    id="DBX013",
    service="Databricks SQL warehouse",
    title="a known size; serverless only as PRO",
    applies_to=(tokens.SQL_WAREHOUSE,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/sql_endpoint.md",
    check=_check,
    trips=Case((declare(tokens.SQL_WAREHOUSE, {"enableServerlessCompute": True}),)),
    passes=Case((declare(tokens.SQL_WAREHOUSE, {"enableServerlessCompute": True, "warehouseType": "PRO"}),)),
)
