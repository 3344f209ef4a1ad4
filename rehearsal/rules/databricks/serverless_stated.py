"""Whether a warehouse is serverless depends on the workspace, unless it says so."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.value("enableServerlessCompute") is None:
        yield Violation("enableServerlessCompute", "not stated: the workspace's own default decides; set it")


RULE = Rule(
    id="DBX035",
    service="Databricks SQL warehouse",
    title="a warehouse states whether it is serverless",
    applies_to=(tokens.SQL_WAREHOUSE,),
    status=0,
    code="",
    source="terraform-provider-databricks docs/resources/sql_endpoint.md",
    check=_check,
    trips=Case((declare(tokens.SQL_WAREHOUSE, {"enableServerlessCompute": REMOVE}),)),
    passes=Case((declare(tokens.SQL_WAREHOUSE),)),
    severity=Severity.WARNING,
)
