"""How many parts of a service a private endpoint asks for."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_CONNECTIONS = ("privateLinkServiceConnections", "manualPrivateLinkServiceConnections")
_OWN_SERVICE = "/privatelinkservices/"
"""A private link service of one's own has no parts, and takes no group id."""


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for property_name in _CONNECTIONS:
        for index, connection in enumerate(resource.items(property_name)):
            asked = connection.get("groupIds") or []
            own = _OWN_SERVICE in str(connection.get("privateLinkServiceId", "")).lower()
            if isinstance(asked, list) and len(asked) > 1 and not own:
                yield Violation(
                    f"{property_name}[{index}].groupIds",
                    f"{', '.join(map(str, asked))}: one endpoint is for one part of a service; declare one for each",
                )


_PATH = "privateLinkServiceConnections[0].groupIds"

RULE = Rule(
    id="NET368",
    service="Private Link",
    title="a private endpoint asks for one part of a service",
    applies_to=(tokens.PRIVATE_ENDPOINT,),
    status=400,
    code="OnlyOneGroupIdPermitted",
    source="hashicorp/terraform-provider-azurerm issues 5820, 32689; learn.microsoft.com "
    "azure/private-link/private-endpoint-overview",
    check=_check,
    trips=Case((declare(tokens.PRIVATE_ENDPOINT, {_PATH: ["Sql", "SqlOnDemand"]}),)),
    passes=Case((declare(tokens.PRIVATE_ENDPOINT, {_PATH: ["Sql"]}),)),
)
