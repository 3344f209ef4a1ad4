"""Where a place's requests come from: machines in subnets, a network that a service manages, or the internet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rehearsal.model.resource import Resource
from rehearsal.model.unknown_texts import holds_unknown
from rehearsal.model.values import UNKNOWN
from rehearsal.reachability.declared import Declared
from rehearsal.reachability.managed_networks import (
    ManagedNetwork,
    of_factory,
    of_serverless,
    of_synapse,
    of_workspace,
)
from rehearsal.reachability.model import Place, PlaceKind, Road, unsure
from rehearsal.reachability.parts import id_under, network_of
from rehearsal.reachability.public_doors import Caller
from rehearsal.reachability.standing import Standing
from rehearsal.rules import tokens
from rehearsal.rules.datafactory.networks import RUNTIME
from rehearsal.rules.datafactory.parts import FACTORY, LINKED_SERVICE
from rehearsal.rules.kubernetes.cluster_network import pools

CONTAINER_APP = "azure-native:app:ContainerApp"
ENVIRONMENT = "azure-native:app:ManagedEnvironment"
CONTAINER_GROUP = "azure-native:containerinstance:ContainerGroup"


@dataclass(frozen=True)
class Origin:
    """`standing` in a network, or in a `managed` one, or in none. `caller` is how public endpoints see it.
    `nodes_leave`: the machines have a way out of their own. `cluster`: the id of the cluster whose pods ask, in lower
    case. `unknown`: nothing is known of the place."""

    caller: Caller
    standing: Standing | None = None
    managed: ManagedNetwork | None = None
    nodes_leave: bool = False
    cluster: str = ""
    unknown: Road | None = None


def origins_of(place: Place, declared: Declared) -> tuple[Origin, ...]:
    """Where the requests of a place come from. A factory some of whose linked services name no runtime also calls from
    Azure's own."""
    if holds_unknown(place.id):
        return (_unknown(place),)
    origin = _BY_KIND[place.kind](place, declared)
    resource = declared.world.find(place.id)
    if resource is None or resource.type != FACTORY or origin.managed is None:
        return (origin,)
    services = [one for one in declared.world.of_types((LINKED_SERVICE,)) if _is_part(one, resource)]
    named = all(service.value("properties.connectVia") for service in services)
    return (origin,) if named else (origin, _from_azure(place, resource, declared))


def _is_part(of: Resource, factory: Resource) -> bool:
    return of.id.lower().startswith(f"{factory.id.lower()}/")


def _internet(place: Place, _declared: Declared) -> Origin:
    """Without ranges: from anywhere, so that a firewall of listed addresses keeps somebody out."""
    return Origin(Caller(str(place), addresses=place.ranges or ("0.0.0.0/0",)))


def _network(place: Place, _declared: Declared) -> Origin:
    """A network that the settings name; its own way out is its owner's."""
    return Origin(Caller(str(place)), standing=Standing(place.id.lower()))


def _subnet(place: Place, declared: Declared) -> Origin:
    return _in_subnets(str(place), (place.id,), declared)


def _in_subnets(
    name: str, ids: tuple[str, ...], declared: Declared, services: tuple[str, ...] = ()
) -> Origin:
    """A subnet of somebody else may have a service endpoint: a firewall's rule for it says so. Whether one of the
    program's own has the right one is asked where what is called is known."""
    named = tuple(subnet_id.lower() for subnet_id in ids)
    subnets = tuple(declared.subnets[subnet_id] for subnet_id in named if subnet_id in declared.subnets)
    caller = Caller(name, subnets=named, azure=True, services=services)
    return Origin(caller, standing=Standing(network_of(ids[0]), subnets))


def _managed_network(place: Place, declared: Declared) -> Origin:
    workspace = declared.world.find(place.id)
    if workspace is None or workspace.external:
        return _unknown(place)
    managed = of_workspace(workspace, declared.world, spark=place.plane == "spark")
    return Origin(Caller(str(place), listable=False, azure=True), managed=managed)


def _databricks(place: Place, declared: Declared) -> Origin:
    workspace = declared.world.find(place.id)
    if workspace is None or workspace.external:
        return _unknown(place)
    if place.plane == "serverless":
        return Origin(Caller(str(place), azure=True), managed=of_serverless(declared.world))
    if place.plane == "control":
        connector = workspace.text("accessConnector.id")
        services = tuple(name for name in (workspace.id, connector) if name)
        return Origin(Caller(str(place), azure=True, services=services))
    return _classic(place, workspace, declared)


def _classic(place: Place, workspace: Resource, declared: Declared) -> Origin:
    network = workspace.text("parameters.customVirtualNetworkId.value")
    if not network:
        # Databricks makes the network, which is peered with nothing.
        return Origin(Caller(str(place), listable=False, azure=True), nodes_leave=True)
    stated = (
        workspace.text(f"parameters.{key}.value")
        for key in ("customPublicSubnetName", "customPrivateSubnetName")
    )
    subnets = tuple(f"{network}/subnets/{name}" for name in stated if name)
    if not subnets:
        return _unknown(place)
    origin = _in_subnets(str(place), subnets, declared)
    with_addresses = workspace.value("parameters.enableNoPublicIp.value") is False
    return Origin(origin.caller, standing=origin.standing, nodes_leave=with_addresses)


def _kubernetes(place: Place, declared: Declared) -> Origin:
    cluster = declared.world.find(place.id)
    if cluster is None or cluster.external:
        return _unknown(place)
    stated = [pool.get("vnetSubnetID") for _, _, pool in pools(cluster, declared.world)]
    if UNKNOWN in stated:
        return _unknown(place)
    named = tuple(dict.fromkeys(name for name in stated if isinstance(name, str) and name))
    outbound = cluster.text("networkProfile.outboundType") or "loadBalancer"
    leaves = outbound in ("loadBalancer", "managedNATGateway")
    if not named:
        # AKS makes the network, which is peered with nothing.
        return Origin(Caller(str(place), azure=True), nodes_leave=True, cluster=cluster.id.lower())
    origin = _in_subnets(str(place), named, declared)
    return Origin(origin.caller, standing=origin.standing, nodes_leave=leaves, cluster=cluster.id.lower())


def _service(place: Place, declared: Declared) -> Origin:
    resource = declared.world.find(place.id)
    if resource is None or resource.external:
        return _unknown(place)
    found = _BY_TYPE.get(resource.type)
    return found(place, resource, declared) if found else _from_azure(place, resource, declared)


def _from_azure(place: Place, resource: Resource, _declared: Declared) -> Origin:
    return Origin(Caller(str(place), azure=True, services=(resource.id,)))


def _container_app(place: Place, app: Resource, declared: Declared) -> Origin:
    environment = declared.world.find(app.text("managedEnvironmentId") or app.text("environmentId"))
    return _unknown(place) if environment is None else _environment(place, environment, declared)


def _environment(place: Place, environment: Resource, declared: Declared) -> Origin:
    subnet = environment.text("vnetConfiguration.infrastructureSubnetId")
    if environment.is_unknown("vnetConfiguration") or environment.external:
        return _unknown(place)
    if not subnet:
        # Azure makes the network, which is peered with nothing.
        return Origin(Caller(str(place), azure=True), nodes_leave=True)
    return _in_subnets(str(place), (subnet,), declared)


def _container_group(place: Place, group: Resource, declared: Declared) -> Origin:
    subnets = tuple(str(item.get("id")) for item in group.items("subnetIds"))
    if subnets:
        return _in_subnets(str(place), subnets, declared, (group.id,))
    return Origin(Caller(str(place), azure=True, services=(group.id,)), nodes_leave=True)


def _factory(place: Place, factory: Resource, declared: Declared) -> Origin:
    """Through its managed network where it has a runtime there, else from Azure's own runtime (plane `azure`)."""
    if place.plane == "azure":
        return _from_azure(place, factory, declared)
    for runtime in declared.world.of_types((RUNTIME,)):
        if _is_part(runtime, factory) and runtime.value("properties.managedVirtualNetwork"):
            return _managed_runtime(place, factory.id, declared)
    return _from_azure(place, factory, declared)


def _runtime(place: Place, runtime: Resource, declared: Declared) -> Origin:
    factory_id = runtime.id.lower().partition("/integrationruntimes/")[0]
    if runtime.text("properties.type") == "SelfHosted":
        return _unknown(place)
    if runtime.value("properties.managedVirtualNetwork"):
        return _managed_runtime(place, factory_id, declared)
    return Origin(Caller(str(place), azure=True, services=(factory_id,)))


def _managed_runtime(place: Place, factory_id: str, declared: Declared) -> Origin:
    caller = Caller(str(place), azure=True, services=(factory_id,), from_outside=True)
    return Origin(caller, managed=of_factory(factory_id, declared.world))


def _synapse(place: Place, workspace: Resource, _declared: Declared) -> Origin:
    """Plane `spark` are its pools; else serverless SQL, which goes out as the workspace itself."""
    if place.plane == "spark" and workspace.text("managedVirtualNetwork"):
        return Origin(Caller(str(place), listable=False, azure=True), managed=of_synapse(workspace))
    return Origin(Caller(str(place), azure=True, services=(workspace.id,)))


def _compute(place: Place, compute: Resource, declared: Declared) -> Origin:
    workspace_id = compute.id.partition("/computes/")[0]
    if compute.text("properties.computeType") == "Kubernetes":
        return _kubernetes(
            Place(PlaceKind.KUBERNETES, compute.text("properties.resourceId"), name=place.name), declared
        )
    subnet = compute.text("properties.properties.subnet.id")
    if subnet:
        return _in_subnets(str(place), (subnet,), declared)
    return _managed_network(Place(PlaceKind.MANAGED_NETWORK, workspace_id, name=str(place)), declared)


def _online_endpoint(place: Place, endpoint: Resource, declared: Declared) -> Origin:
    compute = declared.world.find(endpoint.text("properties.compute"))
    if compute is not None:
        return _compute(place, compute, declared)
    workspace_id = endpoint.id.partition("/onlineEndpoints/")[0]
    return _managed_network(Place(PlaceKind.MANAGED_NETWORK, workspace_id, name=str(place)), declared)


def _web_app(place: Place, app: Resource, declared: Declared) -> Origin:
    """What goes to public addresses leaves by Azure's own way unless the app sends everything through its subnet."""
    subnet = app.text("virtualNetworkSubnetId")
    if app.is_unknown("virtualNetworkSubnetId"):
        return _unknown(place)
    if not subnet:
        return _from_azure(place, app, declared)
    origin = _in_subnets(str(place), (subnet,), declared, (app.id,))
    through = app.value("siteConfig.vnetRouteAllEnabled") is True or app.value("vnetRouteAllEnabled") is True
    return Origin(origin.caller, standing=origin.standing, nodes_leave=not through)


def _machine(place: Place, machine: Resource, declared: Declared) -> Origin:
    """Where its network interfaces stand; a public address of theirs is a way out."""
    interfaces = [
        declared.world.find(interface.get("id"))
        for interface in machine.items("networkProfile.networkInterfaces")
    ]
    configurations = [
        configuration
        for interface in interfaces
        if interface is not None
        for configuration in interface.items("ipConfigurations")
    ]
    subnets = tuple(name for one in configurations if (name := id_under(one.get("subnet"))))
    if not subnets:
        return _unknown(place)
    origin = _in_subnets(str(place), subnets, declared, (machine.id,))
    leaves = any(one.get("publicIPAddress") for one in configurations)
    return Origin(origin.caller, standing=origin.standing, nodes_leave=leaves)


def _cluster(place: Place, cluster: Resource, declared: Declared) -> Origin:
    return _kubernetes(Place(PlaceKind.KUBERNETES, cluster.id, name=place.name), declared)


def _unknown(place: Place) -> Origin:
    return Origin(Caller(str(place)), unknown=unsure(f"the network of {place} is not declared here"))


_BY_KIND: Mapping[PlaceKind, Callable[[Place, Declared], Origin]] = {
    PlaceKind.INTERNET: _internet,
    PlaceKind.NETWORK: _network,
    PlaceKind.SUBNET: _subnet,
    PlaceKind.MANAGED_NETWORK: _managed_network,
    PlaceKind.DATABRICKS: _databricks,
    PlaceKind.KUBERNETES: _kubernetes,
    PlaceKind.SERVICE: _service,
}

_BY_TYPE: Mapping[str, Callable[[Place, Resource, Declared], Origin]] = {
    CONTAINER_APP: _container_app,
    ENVIRONMENT: _environment,
    CONTAINER_GROUP: _container_group,
    FACTORY: _factory,
    RUNTIME: _runtime,
    tokens.SYNAPSE_WORKSPACE: _synapse,
    tokens.ML_COMPUTE: _compute,
    tokens.ML_ONLINE_ENDPOINT: _online_endpoint,
    tokens.AKS: _cluster,
    "azure-native:web:WebApp": _web_app,
    "azure-native:web:WebAppSlot": _web_app,
    "azure-native:compute:VirtualMachine": _machine,
}
"""Resources that are in a network of their own; any other calls from Azure's."""
