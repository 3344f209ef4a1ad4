"""A factory's managed network is made before the endpoints in it."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.datafactory.networks import ENDPOINT, endpoint, factory, made_before, network
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    name = resource.text("managedVirtualNetworkName")
    if name and not made_before(resource, world):
        yield Violation(
            "managedVirtualNetworkName",
            f"nothing that it waits for makes the managed network '{name}' of {resource.text('factoryName')}; declare "
            "a Deployment of Microsoft.DataFactory/factories/managedVirtualNetworks and depend on it",
        )


RULE = Rule(
    id="ADF320",
    service="Data Factory managed private endpoint",
    title="the managed network of an endpoint is made first",
    applies_to=(ENDPOINT,),
    status=404,
    code="",
    source="Azure REST spec datafactory 2018-06-01, ManagedPrivateEndpoints (below managedVirtualNetworks); "
    "github.com Azure/bicep issue 6499",
    check=_check,
    trips=Case((factory(), network(), endpoint())),
    passes=Case((factory(), network(), endpoint("network"))),
)
