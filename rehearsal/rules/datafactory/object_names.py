"""Names inside a factory: no dashes in linked services and datasets, few other characters anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.cloud.catalogue.names import NAMED_TYPES
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.datafactory.parts import DATASET, LINKED_SERVICE, PIPELINE, TRIGGER, part
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    named = NAMED_TYPES[resource.type]
    name = resource.text(named.property)
    problem = named.rule.problem_with(name) if name else None
    if problem:
        yield Violation(named.property, f"'{name}' {problem}")


def _case(name: str) -> Case:
    service = {"properties": {"type": "AzureBlobFS", "url": "https://dlsmldev.dfs.core.windows.net/"}}
    return Case((part(LINKED_SERVICE, name, service),))


RULE = Rule(
    id="ADF302",
    service="Data Factory",
    title="names inside a factory",
    applies_to=(DATASET, LINKED_SERVICE, PIPELINE, TRIGGER),
    status=400,
    code="BadRequest",
    source="Azure REST spec datafactory 2018-06-01; learn.microsoft.com azure/data-factory/naming-rules",
    check=_check,
    trips=_case("key-vault"),
    passes=_case("_key_vault"),
)
