"""A runtime in the managed network is made after the network."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.datafactory.networks import RUNTIME, factory, made_before, network, runtime
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    path = "properties.managedVirtualNetwork.referenceName"
    name = resource.text(path)
    if name and not made_before(resource, world):
        yield Violation(
            path,
            f"nothing that it waits for makes the managed network '{name}' of {resource.text('factoryName')}: the "
            "runtime comes up as a public one; declare a Deployment of "
            "Microsoft.DataFactory/factories/managedVirtualNetworks and depend on it",
        )


RULE = Rule(
    id="ADF321",
    service="Data Factory integration runtime",
    title="the managed network of a runtime is made first",
    applies_to=(RUNTIME,),
    status=0,
    code="",
    source="github.com Azure/bicep issue 6499",
    check=_check,
    trips=Case((factory(), network(), runtime())),
    passes=Case((factory(), network(), runtime("network"))),
    severity=Severity.WARNING,
)
