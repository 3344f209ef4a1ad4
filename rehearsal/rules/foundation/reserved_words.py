"""Names in public host names hold no reserved words."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.name_rules.reserved_words import RESERVED_WORDS_SOURCE, reserved_word_problem
from rehearsal.cloud.catalogue.names import NAMED_TYPES
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    path = NAMED_TYPES[resource.type].property
    name = resource.text(path)
    problem = reserved_word_problem(name)
    if problem:
        yield Violation(path, f"'{name}' {problem}; choose another name")


RULE = Rule(
    id="NAM003",
    service="Azure Resource Manager",
    title="no reserved words in names that become host names",
    applies_to=tuple(
        sorted(token for token, named in NAMED_TYPES.items() if named.rule.refuses_reserved_words)
    ),
    status=400,
    code="ReservedResourceName",
    source=RESERVED_WORDS_SOURCE.page,
    check=_check,
    trips=Case((declare(tokens.REGISTRY, {"registryName": "crmicrosoftdev"}),)),
    passes=Case((declare(tokens.REGISTRY),)),
)
