"""Container Apps: the scoring router that an app is told of, its image, its secrets, what its environment calls."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from azure_facts.egress import CONTAINER_APPS as EGRESS
from azure_facts.egress import NEEDS, EgressService, TargetKind
from azure_facts.source import Source
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.reachability.model import Door, Place, PlaceKind
from rehearsal.reachability.origins import CONTAINER_APP, CONTAINER_GROUP, ENVIRONMENT
from rehearsal.requirements.requirement import Need, Requirement, identity, road
from rehearsal.rules import tokens

_READ = datetime.date(2026, 11, 30)
_ROUTER = Source(
    "learn.microsoft.com machine-learning/how-to-deploy-kubernetes-extension (internalLoadBalancerProvider); "
    "aks/internal-lb",
    _READ,
)
_PULLS = Source("learn.microsoft.com container-apps/managed-identity-image-pull", _READ)
_GROUP_PULLS = Source(
    "learn.microsoft.com container-registry/allow-access-trusted-services (Azure Container Instances)", _READ
)


def _score(app: Resource, world: World) -> Iterator[Need]:
    told = [
        str(variable.get("value"))
        for container in app.items("template.containers")
        for variable in _maps(container.get("env"))
    ]
    for endpoint in world.of_types((tokens.ML_ONLINE_ENDPOINT,)):
        asked = next((text for text in told if f"/endpoint/{endpoint.text('endpointName')}/" in text), None)
        if asked is not None and endpoint.text("properties.compute"):
            port = urlsplit(asked).port or (80 if asked.startswith("http:") else 443)
            yield road(_place(app), Door(endpoint.id, port=port))


def _pull(app: Resource, world: World) -> Iterator[Need]:
    for entry in app.items("configuration.registries"):
        registry = _registry(str(entry.get("server")), world)
        who = identity(str(entry.get("identity")), world, of=app) if entry.get("identity") else None
        if registry is None or not app.items("template.containers"):
            continue
        door = Door(registry.id, "registry")
        yield Need(_place(app), who, "pull images", registry.id, door) if who else road(_place(app), door)


def _pull_into_group(group: Resource, world: World) -> Iterator[Need]:
    for entry in group.items("imageRegistryCredentials"):
        registry = _registry(str(entry.get("server")), world)
        who = identity(str(entry.get("identity")), world, of=group) if entry.get("identity") else None
        if registry is not None and who is not None:
            yield Need(_place(group), who, "pull images", registry.id, Door(registry.id, "registry"))


def _start(environment: Resource, _world: World) -> Iterator[Need]:
    """A wildcard means many hosts; only hosts that are named in full are checked."""
    if not environment.text("vnetConfiguration.infrastructureSubnetId"):
        return
    for need in NEEDS[EgressService.CONTAINER_APPS]:
        hosts = [host for host in need.targets if "*" not in host] if need.kind is TargetKind.HOST else []
        yield from (road(_place(environment), Door("", host=host, port=need.port)) for host in hosts)


def _registry(server: str, world: World) -> Resource | None:
    name = server.lower().removesuffix(".azurecr.io")
    for registry in world.of_types((tokens.REGISTRY,)):
        if not registry.external and registry.text("registryName").lower() == name:
            return registry
    return None


def _place(resource: Resource) -> Place:
    return Place(PlaceKind.SERVICE, resource.id, name=resource.name)


def _maps(found: object) -> list[Mapping[str, object]]:
    return [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []


_SERVICE = "Container Apps"

REQUIREMENTS = (
    Requirement(
        "APP350",
        _SERVICE,
        "an app reaches the scoring router that it is told of",
        (CONTAINER_APP,),
        _ROUTER,
        _score,
    ),
    Requirement("REQ320", _SERVICE, "an app pulls its image", (CONTAINER_APP,), _PULLS, _pull),
    Requirement("REQ321", _SERVICE, "an environment in a subnet starts", (ENVIRONMENT,), EGRESS, _start),
    Requirement(
        "REQ322",
        "Container Instances",
        "a group pulls its image",
        (CONTAINER_GROUP,),
        _GROUP_PULLS,
        _pull_into_group,
    ),
)
"""The first had been a service rule, and keeps its id."""
