"""Names that Azure takes: length and characters, by type."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rehearsal.cloud.catalogue.names import NAME_RULES
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    rule = NAME_RULES[resource.type]
    name = resource.text(rule.property)
    if not name and rule.property in resource.inputs:
        return
    # Left out, the provider makes one of the logical name and eight hex digits, fitting or not.
    name = name or resource.id.rpartition("/")[2]
    if not rule.min_length <= len(name) <= rule.max_length:
        yield Violation(
            rule.property,
            f"'{name}' has {len(name)} characters; it must have {rule.min_length} to {rule.max_length} "
            f"({rule.source})",
        )
    elif not re.fullmatch(rule.pattern, name):
        yield Violation(rule.property, f"'{name}' must be made of {rule.allowed} ({rule.source})")


RULE = Rule(
    id="NAM001",
    service="Azure Resource Manager",
    title="names have the length and characters that their service takes",
    applies_to=tuple(sorted(NAME_RULES)),
    status=400,
    code="InvalidResourceName",
    source="Azure REST specs of the API versions in pulumi-azure-native 3.29.0; per type in the message",
    check=_check,
    trips=Case((declare(tokens.REGISTRY, {"registryName": "cr-ml-dev"}),)),
    passes=Case((declare(tokens.REGISTRY, {"registryName": REMOVE}),)),
)
