"""Which part of Synapse a private endpoint asks for."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_GROUPS = {
    "microsoft.synapse/workspaces": ("Sql", "SqlOnDemand", "Dev"),
    "microsoft.synapse/privatelinkhubs": ("Web",),
}


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for index, connection in enumerate(resource.items("privateLinkServiceConnections")):
        target = str(connection.get("privateLinkServiceId", "")).lower().partition("/providers/")[2]
        allowed = _GROUPS.get("/".join(target.split("/")[:2]))
        asked = connection.get("groupIds")
        if allowed and isinstance(asked, list) and not set(asked) <= set(allowed):
            yield Violation(
                f"privateLinkServiceConnections[{index}].groupIds",
                f"{', '.join(str(group) for group in asked)} is no part of it; give one of {', '.join(allowed)}",
            )


_PATH = "privateLinkServiceConnections[0].groupIds"

RULE = Rule(
    id="SYN326",
    service="Synapse",
    title="a private endpoint asks for a part that Synapse has",
    applies_to=(tokens.PRIVATE_ENDPOINT,),
    status=400,
    code="PrivateEndpointGroupIdNotSupported",
    source="learn.microsoft.com private-link private-endpoint-overview, private-link resource: Azure Synapse Analytics",
    check=_check,
    trips=Case((declare(tokens.PRIVATE_ENDPOINT, {_PATH: ["Web"]}),)),
    passes=Case((declare(tokens.PRIVATE_ENDPOINT, {_PATH: ["SqlOnDemand"]}),)),
)
