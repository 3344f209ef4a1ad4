"""Azure ML: what jobs, datastores, telemetry and image builds need."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from azure_facts.ml_managed_network import AUTOMATIC_SUB_RESOURCES, PRIVATE_LINK_SCOPE_SUB_RESOURCE
from azure_facts.source import Source
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.promises.model import Party
from rehearsal.reachability.model import Door, Place, PlaceKind
from rehearsal.requirements.requirement import Need, Requirement, declared, identity, road
from rehearsal.rules import tokens
from rehearsal.rules.machine_learning.outbound import isolation, private_targets

_ENVIRONMENT = "azure-native:machinelearningservices:EnvironmentVersion"
_READ = datetime.date(2026, 11, 30)
_PAGE = "learn.microsoft.com machine-learning/how-to-managed-network"
_REQUIRED = Source(f"{_PAGE}, list of required rules", _READ)
_LIMITS = Source(f"{_PAGE}, limitations", _READ)
_PRIVATE = Source(f"{_PAGE}, private endpoints", _READ)
_BUILDS = Source(f"{_PAGE}, configure image builds", _READ)
_KEYLESS = Source(
    "learn.microsoft.com machine-learning/how-to-disable-local-auth-storage, scenarios for role assignments",
    _READ,
)

_SERVES = Source(
    "learn.microsoft.com machine-learning/how-to-access-resources-from-endpoints-managed-identities (AcrPull on the "
    "registry, Storage Blob Data Reader on the default datastore)",
    _READ,
)

_NODES = ("AmlCompute", "ComputeInstance")
_DATASTORES = {"AzureDataLakeGen2": ("dfs", 443), "AzureBlob": ("blob", 443), "AzureFile": ("file", 445)}


def _reach_dependents(workspace: Resource, world: World) -> Iterator[Need]:
    for place in _job_places(workspace, world):
        for key, parts in AUTOMATIC_SUB_RESOURCES.items():
            target = declared(workspace.text(key), world)
            if target is not None:
                yield from (road(place, Door(target.id, part)) for part in parts)


def _send_telemetry(workspace: Resource, world: World) -> Iterator[Need]:
    insights = declared(workspace.text("applicationInsights"), world)
    if insights is not None:
        for place in _job_places(workspace, world):
            yield road(place, Door(insights.id, PRIVATE_LINK_SCOPE_SUB_RESOURCE))


def _read_data(datastore: Resource, world: World) -> Iterator[Need]:
    workspace = declared(datastore.id.partition("/datastores/")[0], world)
    part, port = _DATASTORES.get(datastore.text("properties.datastoreType"), ("", 0))
    if workspace is None or not part:
        return
    account = _account_of(datastore, workspace, world)
    for place in _job_places(workspace, world) if account else ():
        yield road(place, Door(account, part, port=port))


def _account_of(datastore: Resource, workspace: Resource, world: World) -> str:
    """The account's id: as the datastore says, or by the name of one that is declared or reached."""
    name = datastore.text("properties.accountName").lower()
    subscription = datastore.text("properties.subscriptionId")
    group = datastore.text("properties.resourceGroup")
    if subscription and group and name:
        inside = f"/subscriptions/{subscription}/resourceGroups/{group}"
        return f"{inside}/providers/Microsoft.Storage/storageAccounts/{name}"
    ids = [account.id for account in world.of_types((tokens.STORAGE_ACCOUNT,))]
    ids += [target for target, _ in private_targets(workspace, world)]
    return next((one for one in ids if name and one.lower().endswith(f"/storageaccounts/{name}")), "")


def _build_images(environment: Resource, world: World) -> Iterator[Need]:
    """The registry's own builders come from public addresses; a compute that builds is asked instead."""
    workspace = declared(environment.id.partition("/environments/")[0], world)
    built = environment.text("properties.condaFile") or environment.value("properties.build")
    registry = declared(workspace.text("containerRegistry"), world) if workspace is not None else None
    if workspace is None or registry is None or not built:
        return
    builder = workspace.text("imageBuildCompute")
    if builder:
        compute = world.find(f"{workspace.id}/computes/{builder}")
        place = _standing(compute, workspace) if compute is not None else None
    else:
        place = Place(PlaceKind.INTERNET, name="the registry's own builders")
    if place is not None:
        yield road(place, Door(registry.id, "registry"))


def _only_identity(resource: Resource, world: World) -> Party | None:
    """The user-assigned identity of a resource that has exactly one."""
    assigned = resource.value("identity.userAssignedIdentities")
    ids = list(assigned) if isinstance(assigned, list | dict) else []
    return identity(str(ids[0]), world, of=resource) if len(ids) == 1 else None


def _work_without_keys(compute: Resource, world: World) -> Iterator[Need]:
    """Only of a single user-assigned identity: of several nobody can say which one a job takes."""
    workspace = declared(compute.id.partition("/computes/")[0], world)
    account = declared(workspace.text("storageAccount"), world) if workspace is not None else None
    who = _only_identity(compute, world)
    if workspace is None or account is None or who is None:
        return
    if (
        compute.text("properties.computeType") == "AmlCompute"
        and account.value("allowSharedKeyAccess") is False
    ):
        yield Need(_standing(compute, workspace), who, "read blobs", account.id, Door(account.id, "blob"))


def _serve_as_identity(endpoint: Resource, world: World) -> Iterator[Need]:
    """Only of a single user-assigned identity: the service gives a system-assigned one its roles. Deployments without
    public egress have endpoints of their own, which no program shows."""
    workspace = declared(endpoint.id.partition("/onlineEndpoints/")[0], world)
    who = _only_identity(endpoint, world)
    if workspace is None or who is None or endpoint.text("properties.compute"):
        return
    if not isolation(workspace) and _has_own_endpoints(endpoint, world):
        return
    place = Place(PlaceKind.SERVICE, endpoint.id, name=f"deployments of {endpoint.name}")
    for key, word, part in (
        ("containerRegistry", "pull images", "registry"),
        ("storageAccount", "read blobs", "blob"),
    ):
        target = declared(workspace.text(key), world)
        if target is not None:
            yield Need(place, who, word, target.id, Door(target.id, part))


def _has_own_endpoints(endpoint: Resource, world: World) -> bool:
    return any(
        one.text("properties.egressPublicNetworkAccess") == "Disabled"
        for one in world.of_types((tokens.ML_ONLINE_DEPLOYMENT,))
        if one.id.lower().startswith(f"{endpoint.id.lower()}/")
    )


def _job_places(workspace: Resource, world: World) -> list[Place]:
    """Where the workspace's machines are: its managed network where it has one, and subnets that computes
    name. A workspace without either has no machines that are declared."""
    places = [_in_network(workspace)] if isolation(workspace) else []
    for compute in world.of_types((tokens.ML_COMPUTE,)):
        mine = compute.id.lower().startswith(f"{workspace.id.lower()}/computes/")
        if mine and compute.text("properties.computeType") in _NODES:
            place = _standing(compute, workspace)
            if place not in places:
                places.append(place)
    return places


def _standing(compute: Resource, workspace: Resource) -> Place:
    subnet = compute.text("properties.properties.subnet.id")
    if subnet:
        return Place(PlaceKind.SUBNET, subnet, name=f"machines of {compute.name}")
    return _in_network(workspace)


def _in_network(workspace: Resource) -> Place:
    return Place(PlaceKind.MANAGED_NETWORK, workspace.id, name=f"jobs of {workspace.name}")


_SERVICE = "Azure ML"
_WORKSPACE = (tokens.ML_WORKSPACE,)

REQUIREMENTS = (
    Requirement(
        "AML222",
        _SERVICE,
        "jobs reach the services that their workspace uses",
        _WORKSPACE,
        _REQUIRED,
        _reach_dependents,
    ),
    Requirement(
        "AML223",
        _SERVICE,
        "jobs reach their datastores",
        (tokens.ML_DATASTORE,),
        _LIMITS,
        _read_data,
    ),
    Requirement("AML225", _SERVICE, "jobs' telemetry has a road", _WORKSPACE, _PRIVATE, _send_telemetry),
    Requirement(
        "REQ300",
        _SERVICE,
        "images are built where the registry is reached",
        (_ENVIRONMENT,),
        _BUILDS,
        _build_images,
    ),
    Requirement(
        "REQ301",
        _SERVICE,
        "a cluster's identity reads the workspace's storage where that takes no keys",
        (tokens.ML_COMPUTE,),
        _KEYLESS,
        _work_without_keys,
    ),
    Requirement(
        "REQ356",
        _SERVICE,
        "a managed endpoint's identity pulls its image and loads its model",
        (tokens.ML_ONLINE_ENDPOINT,),
        _SERVES,
        _serve_as_identity,
    ),
)
"""The first three were service rules before, and keep their ids."""
