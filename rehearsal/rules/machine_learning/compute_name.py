"""Names of compute do not end like the node names that the service derives from them."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.cloud.catalogue.names import NAMED_TYPES
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    named = NAMED_TYPES[resource.type]
    name = resource.text(named.property)
    problem = named.rule.problem_with(name) if name else None
    if problem:
        yield Violation(named.property, f"'{name}' {problem}")


RULE = Rule(
    id="AML001",
    service="Azure ML compute",
    title="compute names follow the service's own pattern",
    applies_to=(tokens.ML_COMPUTE,),
    status=400,
    code="InvalidComputeName",
    source=NAMED_TYPES[tokens.ML_COMPUTE].rule.source.page,
    check=_check,
    trips=Case((declare(tokens.ML_COMPUTE, {"computeName": "cpu-01"}),)),
    passes=Case((declare(tokens.ML_COMPUTE, {"computeName": "cpu01"}),)),
)
