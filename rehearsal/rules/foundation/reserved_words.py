"""Names in public host names hold no reserved words."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.cloud.catalogue.uniqueness import UNIQUE_NAMES
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

# fmt: off
_WHOLE = frozenset(
    {
        "access", "azure", "bing", "bizspark", "biztalk", "cortana", "directx", "dotnet",
        "dynamics", "excel", "exchange", "forefront", "groove", "hololens", "hyperv", "kinect",
        "lync", "msdn", "o365", "office", "office365", "onedrive", "onenote", "outlook",
        "powerpoint", "sharepoint", "skype", "visio", "visualstudio", "xbox",
    }
)
# fmt: on
"""Without those that hold a character which no such name may have (`app_data`, `web.config`)."""
_ANYWHERE = ("microsoft", "windows")
_AT_THE_START = ("login",)


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    path = UNIQUE_NAMES[resource.type].property
    name = resource.text(path).lower()
    words = [word for word in _ANYWHERE if word in name]
    words += [word for word in _AT_THE_START if name.startswith(word)]
    for word in [*words, *({name} & _WHOLE)]:
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
