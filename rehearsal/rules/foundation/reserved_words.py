"""Names in public host names hold no reserved words."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.cloud.catalogue.uniqueness import UNIQUE_NAMES
from rehearsal.monitor.registration import Resource
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation
from rehearsal.world import World

_ANYWHERE = ("microsoft", "windows")
_AT_THE_START = ("login", "xbox")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    path = UNIQUE_NAMES[resource.type].property
    name = resource.text(path).lower()
    for word in (*(w for w in _ANYWHERE if w in name), *(w for w in _AT_THE_START if name.startswith(w))):
        yield Violation(path, f"'{name}' holds the reserved word '{word}'; choose another name")


RULE = Rule(
    id="NAM003",
    service="Azure Resource Manager",
    title="no reserved words in names that become host names",
    applies_to=tuple(sorted(UNIQUE_NAMES)),
    status=400,
    code="ReservedResourceName",
    source="learn.microsoft.com azure/azure-resource-manager/troubleshooting/error-reserved-resource-name",
    check=_check,
    trips=Case((declare(tokens.REGISTRY, {"registryName": "crmicrosoftdev"}),)),
    passes=Case((declare(tokens.REGISTRY),)),
)
