"""Data Factory: linked services and datasets, each over the runtime that it names."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from urllib.parse import urlsplit

from azure_facts.arm_id_parsing import arm_type_of
from azure_facts.private_link import usual_group
from azure_facts.source import Source
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.promises.model import Party, PartyKind
from rehearsal.reachability.model import Door, Place, PlaceKind
from rehearsal.requirements.requirement import Need, Requirement, road
from rehearsal.rules import tokens
from rehearsal.rules.datafactory.networks import RUNTIME
from rehearsal.rules.datafactory.parts import DATASET, FACTORY, LINKED_SERVICE

_READ = datetime.date(2026, 11, 30)
_ROAD = Source(
    "learn.microsoft.com data-factory/managed-virtual-network-private-endpoint (a runtime in the managed network goes "
    "over its private endpoints)",
    _READ,
)
_IDENTITY = Source(
    "learn.microsoft.com data-factory/connector-azure-data-lake-storage (as source: Storage Blob Data Reader, or "
    "access control lists)",
    _READ,
)

_GROUPS = {
    "AzureBlobFS": "dfs",
    "AzureBlobStorage": "blob",
    "AzureKeyVault": "vault",
    "AzureDatabricks": "databricks_ui_api",
    "AzureSqlDatabase": "sqlServer",
    "AzureSqlDW": "Sql",
}
_PORTS = {"sqlServer": 1433, "Sql": 1433, "SqlOnDemand": 1433}
_URLS = ("url", "serviceEndpoint", "baseUrl", "domain", "server")
_SECRETS = ("accountKey", "sasUri", "connectionString", "servicePrincipalId", "encryptedCredential")
_ON_DEMAND = "-ondemand."


def _connect(service: Resource, world: World) -> Iterator[Need]:
    """Only to what the program declares, or names by id."""
    place, target = _runtime(service, world), _target(service, world)
    if place is not None and target is not None:
        group = _group(service, target)
        yield road(place, Door(target.id, group, port=_PORTS.get(group, 443)))


def _read_files(dataset: Resource, world: World) -> Iterator[Need]:
    """As the factory's own identity, where the linked service brings no key."""
    named = dataset.text("properties.linkedServiceName.referenceName")
    service = next((one for one in _of_factory(dataset, LINKED_SERVICE, world) if _name(one) == named), None)
    factory = _factory(dataset, world)
    system = dataset.text("properties.location.fileSystem") or dataset.text("properties.location.container")
    if service is None or factory is None or not system or service.text("properties.type") not in _GROUPS:
        return
    if any(service.value(f"properties.{key}") for key in (*_SECRETS, "credential")):
        return
    place, target = _runtime(service, world), _target(service, world)
    if place is not None and target is not None and target.type == tokens.STORAGE_ACCOUNT:
        who = Party(PartyKind.SYSTEM, factory.id, factory.name)
        container = f"{target.id}/blobServices/default/containers/{system}"
        yield Need(place, who, "read blobs", container, Door(target.id, _group(service, target)))


def _runtime(service: Resource, world: World) -> Place | None:
    """The runtime that a linked service goes through: one of the factory's by name, else Azure's own."""
    factory = _factory(service, world)
    if factory is None:
        return None
    via = service.text("properties.connectVia.referenceName")
    for runtime in _of_factory(service, RUNTIME, world):
        if via and runtime.text("integrationRuntimeName") == via:
            return Place(PlaceKind.SERVICE, runtime.id, name=f"{factory.name} by {via}")
    return None if via else Place(PlaceKind.SERVICE, factory.id, "azure", factory.name)


def _target(service: Resource, world: World) -> Resource | None:
    """What a linked service leads to: by id, or by the name that its host begins with."""
    found = world.find(service.text("properties.workspaceResourceId"))
    if found is not None:
        return None if found.external else found
    host = next((text for key in _URLS if (text := service.text(f"properties.{key}"))), "")
    name = (urlsplit(host).hostname or host).lower().partition(".")[0].removesuffix("-ondemand")
    for token in (tokens.STORAGE_ACCOUNT, tokens.VAULT, tokens.SYNAPSE_WORKSPACE, "azure-native:sql:Server"):
        for target in world.of_types((token,)):
            if not target.external and name and target.id.lower().rpartition("/")[2] == name:
                return target
    return None


def _group(service: Resource, target: Resource) -> str:
    if target.type == tokens.SYNAPSE_WORKSPACE and _ON_DEMAND in service.text("properties.server"):
        return "SqlOnDemand"
    return _GROUPS.get(service.text("properties.type"), usual_group(arm_type_of(target.id)))


def _factory(of: Resource, world: World) -> Resource | None:
    name = of.text("factoryName")
    found = (
        one for one in world.of_types((FACTORY,)) if one.text("factoryName") == name and not one.external
    )
    return next(found, None)


def _of_factory(of: Resource, token: str, world: World) -> Iterator[Resource]:
    return (one for one in world.of_types((token,)) if one.text("factoryName") == of.text("factoryName"))


def _name(service: Resource) -> str:
    return service.text("linkedServiceName")


_SERVICE = "Data Factory"

REQUIREMENTS = (
    Requirement(
        "REQ330",
        _SERVICE,
        "linked services are reached over their runtime",
        (LINKED_SERVICE,),
        _ROAD,
        _connect,
    ),
    Requirement(
        "REQ331",
        _SERVICE,
        "the factory reads the files of its datasets",
        (DATASET,),
        _IDENTITY,
        _read_files,
        Severity.WARNING,
    ),
)
