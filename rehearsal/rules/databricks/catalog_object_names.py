"""Names in Unity Catalog have no dot, blank or slash."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.name_rules.tables import DATABRICKS_NAME_RULES
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_RULE = DATABRICKS_NAME_RULES["Unity Catalog object"]
_CATALOG = "databricks:index/catalog:Catalog"
_NAMED = tuple(
    f"databricks:index/{name}"
    for name in (
        "catalog:Catalog",
        "connection:Connection",
        "credential:Credential",
        "externalLocation:ExternalLocation",
        "registeredModel:RegisteredModel",
        "schema:Schema",
        "sqlTable:SqlTable",
        "storageCredential:StorageCredential",
        "volume:Volume",
    )
)


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    name = resource.text("name")
    problem = _RULE.problem_with(name) if name else ""
    if problem:
        yield Violation("name", f"'{name}' {problem}; use others, such as '_'")


def _case(name: str) -> Case:
    return Case((Declared(_CATALOG, {"name": name}),))


RULE = Rule(
    id="DBX210",
    service="Unity Catalog",
    title="names without dot, blank or slash",
    applies_to=_NAMED,
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source=f"{_RULE.source.page}; databrickslabs/ucx issue 2342",
    check=_check,
    trips=_case("lake.dev"),
    passes=_case("lake-dev"),
)
