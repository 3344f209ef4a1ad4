"""Doors of Kubernetes clusters: the API server, and the router that online endpoints answer at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from azure_facts.kubernetes_api_server import API_ZONE_SOURCE, TRUSTED_ACCESS
from azure_facts.ml_extension import EXTENSION_TYPE
from rehearsal.model.resource import Resource
from rehearsal.reachability.crossing import crossing
from rehearsal.reachability.declared import Declared
from rehearsal.reachability.model import Door, Road, Verdict, ends, leads, unsure
from rehearsal.reachability.names import Resolver
from rehearsal.reachability.origins import Origin
from rehearsal.reachability.outside import go_out
from rehearsal.reachability.parts import last_part, network_of, ranges
from rehearsal.reachability.services import private_name
from rehearsal.reachability.standing import Standing
from rehearsal.rules import tokens
from rehearsal.rules.kubernetes.cluster_network import pools

_PROFILE = "apiServerAccessProfile"
_ROUTER = (
    "learn.microsoft.com machine-learning/how-to-deploy-kubernetes-extension (internalLoadBalancerProvider)"
)


def api_road(origin: Origin, door: Door, cluster: Resource, declared: Declared) -> Road:
    """The road to a cluster's API server."""
    if origin.unknown is not None:
        return origin.unknown
    if cluster.external or cluster.is_unknown(_PROFILE):
        return unsure(f"how the API server of {cluster.name} answers is not declared here")
    if (trusted := _trusted(origin, cluster, declared)) is not None:
        return trusted
    if cluster.value(f"{_PROFILE}.enablePrivateCluster") is not True:
        return _public_api(origin, door, cluster, declared)
    if origin.cluster == cluster.id.lower():
        return leads(f"nodes of {cluster.name} reach their API server", cluster.urn)
    by_nodes = _by_nodes_network(origin, door, cluster, declared)
    endpoints = declared.endpoints_by_target.get(cluster.id.lower(), ())
    if by_nodes.verdict is Verdict.CLOSED and endpoints and origin.standing is not None:
        endpoint = endpoints[0].resource
        return unsure(
            f"whether the name of {cluster.name} leads to {endpoint.name} is not known", endpoint.urn
        )
    return by_nodes


def _by_nodes_network(origin: Origin, door: Door, cluster: Resource, declared: Declared) -> Road:
    nodes = next(iter(_node_subnets(cluster, declared)), None)
    if origin.standing is None or nodes is None:
        return ends(f"the API server of {cluster.name} answers in the nodes' network only", cluster.urn)
    named = _api_name(origin.standing, cluster, declared)
    if named.verdict is Verdict.CLOSED:
        return named
    return named.then(crossing(origin.standing, nodes, door.port, declared, endpoint=True))


def _node_subnets(cluster: Resource, declared: Declared) -> list[str]:
    """The ids of the subnets that the pools name, in lower case, of this program or not."""
    named = [pool.get("vnetSubnetID") for _, _, pool in pools(cluster, declared.world)]
    return list(dict.fromkeys(name.lower() for name in named if isinstance(name, str) and name))


def _trusted(origin: Origin, cluster: Resource, declared: Declared) -> Road | None:
    """A service whose resource is bound to a role in the cluster comes by Azure's own way."""
    for binding in declared.world.of_types((tokens.TRUSTED_ACCESS,)):
        source = binding.text("sourceResourceId").lower()
        mine = binding.id.lower().startswith(f"{cluster.id.lower()}/")
        if mine and source in (service.lower() for service in origin.caller.services):
            road = leads(
                f"{binding.name} gives {origin.caller.name} trusted access", binding.urn, cluster.urn
            )
            return replace(road, source=str(TRUSTED_ACCESS))
    return None


def _api_name(standing: Standing, cluster: Resource, declared: Declared) -> Road:
    """AKS links the zone with the nodes' network by itself, its own zone and a given one alike."""
    zone_id = cluster.text(f"{_PROFILE}.privateDNSZone").lower()
    if standing.network in map(network_of, _node_subnets(cluster, declared)):
        return leads(f"the name of {cluster.name} resolves in the nodes' network", cluster.urn)
    if cluster.value(f"{_PROFILE}.enablePrivateClusterPublicFQDN") is not False:
        return leads(f"the name of {cluster.name} resolves everywhere", cluster.urn)
    resolver = Resolver.of(standing.network, declared)
    zone = declared.world.find(zone_id)
    link = resolver.links.get(zone_id)
    if link is not None:
        return leads(
            f"the zone of {cluster.name} is linked with {standing.network.rpartition('/')[2]}",
            cluster.urn,
            link.urn,
            *((zone.urn,) if zone is not None else ()),
        )
    name = last_part(zone_id)
    if zone_id.startswith("/") and (zone is None or zone.external):
        if resolver.takes(name):
            return leads(f"{name} resolves there, as the settings say", cluster.urn, taken=True)
        if resolver.place is None:
            return unsure(f"whether {name} is linked with the asking network is not known")
    return ends(
        f"the name of {cluster.name} resolves in the nodes' network only", cluster.urn, source=API_ZONE_SOURCE
    )


def _public_api(origin: Origin, door: Door, cluster: Resource, declared: Declared) -> Road:
    road, caller = go_out(origin, door, "", declared)
    stated = cluster.value(f"{_PROFILE}.authorizedIPRanges")
    admitted = ranges(stated) if isinstance(stated, list) else ()
    if not admitted or origin.cluster == cluster.id.lower():
        return road.then(leads(f"the API server of {cluster.name} answers everybody", cluster.urn))
    seen = ranges(caller.addresses)
    if seen and all(any(one.subnet_of(other) for other in admitted) for one in seen):
        return road.then(
            leads(f"the API server of {cluster.name} lets {caller.name} in by address", cluster.urn)
        )
    if seen and caller.stated:
        return road.then(ends(f"authorizedIPRanges of {cluster.name} does not hold {seen[0]}", cluster.urn))
    return road.then(unsure(f"whether authorizedIPRanges of {cluster.name} holds {caller.name} is not known"))


def router_road(origin: Origin, door: Door, endpoint: Resource, declared: Declared) -> Road:
    """The road to the router of the cluster that an online endpoint runs on."""
    if origin.unknown is not None:
        return origin.unknown
    compute = declared.world.find(endpoint.text("properties.compute"))
    cluster = declared.world.find(compute.text("properties.resourceId")) if compute else None
    settings = _extension(cluster, declared) if cluster is not None and not cluster.external else None
    if cluster is None or settings is None:
        return unsure(f"the router of {endpoint.name} is not declared here")
    extension, stated = settings
    host = str(stated.get("sslCname") or "")
    if stated.get("internalLoadBalancerProvider") != "azure":
        return _public_router(origin, Door("", host=host, port=door.port), extension, declared)
    if origin.cluster == cluster.id.lower():
        return leads(f"the router runs in {cluster.name} itself", extension.urn)
    nodes = next(iter(_node_subnets(cluster, declared)), None)
    if nodes is None or origin.standing is None:
        return ends(
            f"the router of {extension.name} answers in the network of {cluster.name} only",
            extension.urn,
            cluster.urn,
            source=_ROUTER,
        )
    road = leads(f"{extension.name} gives the router an internal load balancer", extension.urn, cluster.urn)
    named = private_name(host, origin.standing, door.port, declared) if host else None
    if named is not None:
        return road.then(named)
    if host and (zone := _zone_of(host, declared)) is not None:
        here = last_part(origin.standing.network)
        return road.then(
            ends(f"{zone.name}, which has the router's name, is not linked with {here}", zone.urn)
        )
    if host:
        road = road.then(unsure(f"no declared zone has a record of {host} where {origin.caller.name} asks"))
    return road.then(crossing(origin.standing, nodes, door.port, declared, endpoint=False))


def _zone_of(host: str, declared: Declared) -> Resource | None:
    """The program's own private zone that has a record of a host."""
    for zone_id, records in declared.records.items():
        name = last_part(zone_id)
        inside = host.endswith(f".{name}") and host.removesuffix(f".{name}") in records
        if inside or (host == name and "@" in records):
            return declared.world.find(zone_id)
    return None


def _public_router(origin: Origin, door: Door, extension: Resource, declared: Declared) -> Road:
    road, _ = go_out(origin, door, "", declared)
    name = f"; a record of {door.host} leads there" if door.host else ""
    return road.then(
        leads(f"{extension.name} gives the router a public address{name}", extension.urn, taken=bool(name))
    )


def _extension(cluster: Resource, declared: Declared) -> tuple[Resource, Mapping[str, object]] | None:
    name = last_part(cluster.id.lower())
    for extension in declared.world.of_types((tokens.EXTENSION,)):
        settings = extension.value("configurationSettings")
        if (
            extension.text("extensionType") == EXTENSION_TYPE
            and extension.text("clusterName").lower() == name
            and isinstance(settings, Mapping)
        ):
            return extension, settings
    return None
