"""What a private or a public network asks of the other areas of the settings."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from azure_facts.kubernetes_api_server import MOST_AUTHORIZED_RANGES
from azure_facts.kubernetes_network import AKS_RESERVED, CONTAINER_APPS_RESERVED, reserved_in
from infra.conventions.address_plan import SubnetPurpose, plan_addresses
from infra.settings.base import Problem
from infra.settings.databricks import DatabricksContent
from infra.settings.environment import EnvironmentKind
from infra.settings.ml import ContainerRegistrySku, MachineLearning, ManagedNetworkIsolation
from infra.settings.network import PrivateNetwork, PublicNetwork
from infra.settings.platform import PlatformSettings


def instances_need_network(settings: PlatformSettings) -> Iterator[Problem]:
    """Compute of Azure ML has no public IPs, so it needs the managed network."""
    if settings.ml is None or settings.ml.workspace.managed_network is not ManagedNetworkIsolation.DISABLED:
        return
    if settings.ml.compute_instances or settings.ml.training_clusters:
        yield Problem(
            "ml.workspace.managed_network",
            "is Disabled, and compute without public IPs needs a network; give AllowInternetOutbound",
        )


def private_is_reachable(settings: PlatformSettings) -> Iterator[Problem]:
    """Somebody must be able to deploy into a private platform, and to use it."""
    network, databricks = settings.network, settings.databricks
    if not isinstance(network, PrivateNetwork) or network.hub or network.existing:
        return
    if databricks and (databricks.front_end_ip_ranges or databricks.content is DatabricksContent.DEFERRED):
        return
    yield Problem(
        "network.hub",
        "is missing, so nobody could reach the platform; give hub or existing, or "
        "databricks.front_end_ip_ranges, or databricks.content: deferred for a second up from inside",
    )


def private_parts(settings: PlatformSettings) -> Iterator[Problem]:
    """What works in one of the two network modes only."""
    if not isinstance(settings.network, PrivateNetwork):
        if settings.databricks and settings.databricks.front_end_ip_ranges:
            yield Problem("databricks.front_end_ip_ranges", "belongs to network.mode: private; remove it")
        return
    if settings.databricks and settings.databricks.link_ml_workspace:
        yield Problem(
            "databricks.link_ml_workspace",
            "is true in private mode, where Azure ML does not support dual tracking; set it to false",
        )
    if settings.ml:
        yield from _private_ml(settings.ml)


def _private_ml(ml: MachineLearning) -> Iterator[Problem]:
    registry = ml.workspace.container_registry
    if registry.existing_resource_id is None and registry.sku is not ContainerRegistrySku.PREMIUM:
        yield Problem(
            "ml.workspace.container_registry.sku", f"is {registry.sku}; private endpoints need Premium"
        )
    if ml.workspace.image_build_cluster is None:
        yield Problem(
            "ml.workspace.image_build_cluster",
            "is missing; a private registry's own tasks cannot build images: name a training cluster that does",
        )


def address_ranges_apart(settings: PlatformSettings) -> Iterator[Problem]:
    """Pods and services must not answer for addresses of the network or its hub."""
    cluster = settings.serving.cluster if settings.serving else None
    if cluster is None or not isinstance(settings.network, PrivateNetwork):
        return
    hub = settings.network.hub.address_space if settings.network.hub else []
    taken = [(text, "the network's") for text in (settings.network.address_space,) if text]
    taken += [(text, "the hub's") for text in hub]
    for key, text in (
        ("service_address_range", cluster.service_address_range),
        ("pod_address_range", cluster.pod_address_range),
    ):
        for other, whose in taken:
            if ipaddress.ip_network(text).overlaps(ipaddress.ip_network(other)):
                yield Problem(
                    f"serving.cluster.{key}", f"{text} overlaps with {whose} {other}; give a range apart"
                )


def router_address_is_ours(settings: PlatformSettings) -> Iterator[Problem]:
    """A record points into the nodes' subnet, where the internal load balancer is."""
    address = settings.serving.router.address if settings.serving else None
    if address is None:
        return
    network = settings.network
    if not isinstance(network, PrivateNetwork):
        yield Problem(
            "serving.router.address",
            "belongs to network.mode: private, whose zones it would lie in; remove it",
        )
    elif network.address_space is not None:
        subnet = plan_addresses(network.address_space, network.subnets)[SubnetPurpose.KUBERNETES]
        if address not in ipaddress.ip_network(subnet):
            yield Problem(
                "serving.router.address",
                f"is {address}, and the router is in {subnet}; give the address that kubectl get svc -n azureml shows",
            )


def cluster_takes_allowed_ranges(settings: PlatformSettings) -> Iterator[Problem]:
    """Without ranges of its own, the public API server lets in those of the network."""
    cluster = settings.serving.cluster if settings.serving else None
    if cluster is None or not isinstance(settings.network, PublicNetwork):
        return
    ranges = settings.network.allowed_ip_ranges
    if cluster.authorized_ip_ranges is None and len(ranges) > MOST_AUTHORIZED_RANGES:
        yield Problem(
            "network.allowed_ip_ranges",
            f"are {len(ranges)}, and AKS takes {MOST_AUTHORIZED_RANGES} for its API server; merge some, or give "
            "serving.cluster.authorized_ip_ranges",
        )


def router_stays_inside(settings: PlatformSettings) -> Iterator[Problem]:
    """In private mode no service answers at a public address."""
    serving = settings.serving
    if (
        serving
        and serving.cluster
        and not serving.router.internal
        and isinstance(settings.network, PrivateNetwork)
    ):
        yield Problem(
            "serving.router.internal",
            "is false, and network.mode: private has no public address for a router; give true",
        )


def network_beside_reserved_ranges(settings: PlatformSettings) -> Iterator[Problem]:
    """AKS and Container Apps keep ranges for themselves that their network may not overlap."""
    network = settings.network
    if not isinstance(network, PrivateNetwork) or network.address_space is None:
        return
    space = ipaddress.IPv4Network(network.address_space)
    users = (
        ("AKS", AKS_RESERVED, bool(settings.serving and settings.serving.cluster)),
        (
            "Container Apps",
            (*AKS_RESERVED, *CONTAINER_APPS_RESERVED),
            settings.apps is not None and bool(settings.apps.apps),
        ),
    )
    for service, reserved, used in users:
        if used and (taken := reserved_in(space, reserved)) is not None:
            yield Problem(
                "network.address_space",
                f"{space} overlaps with {taken}, which {service} reserves; give another, such as 10.40.0.0/20",
            )


def prod_is_closed(settings: PlatformSettings) -> Iterator[Problem]:
    """A public network of production names who may call."""
    if settings.environment.kind is EnvironmentKind.NONPROD or not isinstance(
        settings.network, PublicNetwork
    ):
        return
    if not settings.network.allowed_ip_ranges:
        yield Problem(
            "network.allowed_ip_ranges",
            "is empty in a prod environment; list who may call, or use mode: private",
        )
