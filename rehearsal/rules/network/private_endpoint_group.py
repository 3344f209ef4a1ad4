"""Which part of a service a private endpoint asks for."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts import private_link
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_CONNECTIONS = ("privateLinkServiceConnections", "manualPrivateLinkServiceConnections")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for property_name in _CONNECTIONS:
        for index, connection in enumerate(resource.items(property_name)):
            target = str(connection.get("privateLinkServiceId", "")).lower().rpartition("/providers/")[2]
            groups = [part.group for part in private_link.sub_resources("/".join(target.split("/")[:2]))]
            asked = connection.get("groupIds")
            if not groups or not isinstance(asked, list):
                continue
            unknown = [text for text in map(str, asked) if text.lower() not in map(str.lower, groups)]
            if unknown:
                yield Violation(
                    f"{property_name}[{index}].groupIds",
                    f"{', '.join(unknown)} is no part of it; give one of {', '.join(groups)}",
                )


_PATH = "privateLinkServiceConnections[0].groupIds"

RULE = Rule(
    id="SYN326",
    service="Private Link",
    title="a private endpoint asks for a part that the service has",
    applies_to=(tokens.PRIVATE_ENDPOINT,),
    status=400,
    code="PrivateEndpointGroupIdNotSupported",
    source=str(private_link.SOURCE),
    check=_check,
    trips=Case((declare(tokens.PRIVATE_ENDPOINT, {_PATH: ["Web"]}),)),
    passes=Case((declare(tokens.PRIVATE_ENDPOINT, {_PATH: ["SqlOnDemand"]}),)),
)
