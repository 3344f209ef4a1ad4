"""Names that Azure takes: length and characters, by type."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.cloud.catalogue.names import NAMED_TYPES
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.datafactory.parts import NAMES
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation

_OWN_RULES = (tokens.ML_COMPUTE, *NAMES)
"""AML001 and ADF302 judge these: their services answer with codes of their own."""


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    named = NAMED_TYPES[resource.type]
    name = resource.text(named.property)
    if not name and named.property in resource.inputs:
        return
    # Left out, the provider makes one of the logical name and eight hex digits, fitting or not.
    name = name or resource.id.rpartition("/")[2]
    problem = named.rule.problem_with(name)
    if problem:
        yield Violation(named.property, f"'{name}' {problem} ({named.rule.source.page})")


RULE = Rule(
    id="NAM001",
    service="Azure Resource Manager",
    title="names have the length and characters that their service takes",
    applies_to=tuple(sorted(token for token in NAMED_TYPES if token not in _OWN_RULES)),
    status=400,
    code="InvalidResourceName",
    source="Azure REST specs of the API versions in pulumi-azure-native 3.29.0; per type in the message",
    check=_check,
    trips=Case((declare(tokens.REGISTRY, {"registryName": "cr-ml-dev"}),)),
    passes=Case((declare(tokens.REGISTRY, {"registryName": REMOVE}),)),
)
