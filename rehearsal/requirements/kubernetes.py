"""AKS: what pods of Azure ML and of Flux need."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from urllib.parse import urlsplit

from azure_facts.egress import AZURE_ML
from azure_facts.roles import Role, built_in_role
from azure_facts.source import Source
from rehearsal.model.finding import Severity
from rehearsal.model.json_values import text_at
from rehearsal.model.resource import Resource
from rehearsal.model.values import plain
from rehearsal.model.world import World
from rehearsal.reachability.model import Door, Place, PlaceKind
from rehearsal.requirements.requirement import Need, Requirement, declared, road
from rehearsal.rules import tokens

_FLUX = "azure-native:kubernetesconfiguration:FluxConfiguration"
_FLUX_PAGE = Source(
    "learn.microsoft.com azure/azure-arc/kubernetes/conceptual-gitops-flux2 (pods pull the repository)",
    datetime.date(2026, 11, 30),
)

_PULLS = Source(
    "learn.microsoft.com azure/aks/cluster-container-registry-integration (AcrPull of the kubelet identity)",
    datetime.date(2026, 11, 30),
)


def _serve(compute: Resource, world: World) -> Iterator[Need]:
    """Models and images come from the workspace's own storage and registry, tokens and logs go to its API."""
    workspace = declared(compute.id.partition("/computes/")[0], world)
    cluster = declared(compute.text("properties.resourceId"), world)
    if workspace is None or cluster is None or compute.text("properties.computeType") != "Kubernetes":
        return
    place = _pods(cluster)
    yield road(place, Door(workspace.id, "amlworkspace"))
    for key, part in (("storageAccount", "blob"), ("containerRegistry", "registry")):
        target = declared(workspace.text(key), world)
        if target is not None:
            yield road(place, Door(target.id, part))


def _pull_repository(configuration: Resource, world: World) -> Iterator[Need]:
    url = urlsplit(configuration.text("gitRepository.url"))
    name = configuration.text("clusterName").lower()
    for cluster in world.of_types((tokens.AKS,)):
        mine = not cluster.external and cluster.id.lower().rpartition("/")[2] == name
        if mine and url.hostname and url.scheme in ("http", "https"):
            port = url.port or (443 if url.scheme == "https" else 80)
            yield road(_pods(cluster), Door("", host=url.hostname, port=port))


def _pull_images(cluster: Resource, world: World) -> Iterator[Need]:
    """From the registries that the nodes' identity may pull from: the role says that this is wanted."""
    kubelet = text_at(plain(dict(cluster.outputs)), "identityProfile.kubeletidentity.objectId").lower()
    for grant in world.of_types((tokens.ROLE_ASSIGNMENT,)):
        registry = declared(grant.text("scope"), world)
        if (
            kubelet
            and registry is not None
            and registry.type == tokens.REGISTRY
            and grant.text("principalId").lower() == kubelet
            and grant.text("roleDefinitionId").lower().endswith(built_in_role(Role.ACR_PULL).guid)
        ):
            place = Place(PlaceKind.KUBERNETES, cluster.id, name=f"nodes of {cluster.name}")
            yield road(place, Door(registry.id, "registry"))


def _pods(cluster: Resource) -> Place:
    return Place(PlaceKind.KUBERNETES, cluster.id, name=f"pods of {cluster.name}")


REQUIREMENTS = (
    Requirement(
        "REQ355",
        "AKS",
        "nodes reach the registries that they may pull from",
        (tokens.AKS,),
        _PULLS,
        _pull_images,
    ),
    Requirement(
        "REQ310",
        "AKS",
        "pods of Azure ML reach the workspace, its storage and its registry",
        (tokens.ML_COMPUTE,),
        AZURE_ML,
        _serve,
    ),
    Requirement(
        "REQ311",
        "AKS",
        "Flux reaches its repository",
        (_FLUX,),
        _FLUX_PAGE,
        _pull_repository,
        Severity.WARNING,
    ),
)
