"""Where a registry is replicated to."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_REPLICATION = "azure-native:containerregistry:Replication"


def _region(text: str) -> str:
    return text.replace(" ", "").lower()


def _registry(replica: Resource) -> str:
    return f"{replica.text('resourceGroupName')}/{replica.text('registryName')}".lower()


def _is(registry: Resource, replica: Resource) -> bool:
    name = registry.id.rpartition("/")[2]
    return f"{registry.text('resourceGroupName')}/{name}".lower() == _registry(replica)


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    here = _region(resource.text("location"))
    owner = next((one for one in world.of_types((tokens.REGISTRY,)) if _is(one, resource)), None)
    if here and owner is not None and _region(owner.text("location")) == here:
        yield Violation("location", f"{here} is the registry's own region, where it is already: drop it")
    others = world.grouped((_REPLICATION,), _registry)[_registry(resource)]
    first = next(one for one in others if _region(one.text("location")) == here)
    if here and first is not resource:
        yield Violation("location", f"{first.name} replicates it to {here} already: drop one of them")


def _replica(region: str) -> Declared:
    return Declared(
        _REPLICATION,
        {
            "resourceGroupName": GROUP_NAME,
            "registryName": "crmldev7k2ap",
            "replicationName": region,
            "location": region,
        },
        depends_on=("registry",),
    )


_REGISTRY = declare(tokens.REGISTRY, {"sku.name": "Premium"}, name="registry")

RULE = Rule(
    id="ACR060",
    service="Container Registry",
    title="replicas are in other regions than the registry, one in each",
    applies_to=(_REPLICATION,),
    status=0,
    code="",
    source="Azure/azure-rest-api-specs issue 10233 (the service takes it, and makes no replica); "
    "hashicorp/terraform-provider-azurerm pulls 7861, 15847",
    check=_check,
    trips=Case((_REGISTRY, _replica("westeurope"))),
    passes=Case((_REGISTRY, _replica("northeurope"))),
    severity=Severity.WARNING,
)
