"""Doors of container apps, container groups and managed online endpoints."""

from __future__ import annotations

from collections.abc import Mapping

from rehearsal.model.resource import Resource
from rehearsal.reachability.crossing import crossing
from rehearsal.reachability.declared import Declared
from rehearsal.reachability.model import Door, Road, Verdict, ends, leads, unsure
from rehearsal.reachability.origins import Origin
from rehearsal.reachability.outside import go_out
from rehearsal.reachability.parts import id_under
from rehearsal.reachability.public_doors import admits
from rehearsal.reachability.services import private_name, service_road


def app_road(origin: Origin, door: Door, app: Resource, declared: Declared) -> Road:
    """The road to a container app: its ingress, and the environment's own door."""
    environment = declared.world.find(app.text("managedEnvironmentId") or app.text("environmentId"))
    if environment is None or environment.external or app.is_unknown("configuration"):
        return unsure(f"the environment of {app.name} is not declared here")
    ingress = app.value("configuration.ingress")
    if not isinstance(ingress, Mapping):
        return ends(f"{app.name} has no ingress", app.urn)
    if ingress.get("external") is not True:
        return ends(f"the ingress of {app.name} answers inside its environment only", app.urn)
    road = leads(f"{app.name} has an ingress", app.urn)
    if ingress.get("ipSecurityRestrictions"):
        road = road.then(unsure(f"the access restrictions of {app.name} are not judged", app.urn))
    return road.then(environment_road(origin, door, environment, declared))


def environment_road(origin: Origin, door: Door, environment: Resource, declared: Declared) -> Road:
    """The road to an environment of container apps: an address in its subnet where it is internal."""
    subnet_id = environment.text("vnetConfiguration.infrastructureSubnetId").lower()
    if environment.value("vnetConfiguration.internal") is not True or not subnet_id:
        return service_road(
            origin, Door(environment.id.lower(), "managedEnvironments", port=door.port), declared
        )
    if origin.unknown is not None:
        return origin.unknown
    if origin.standing is None:
        return ends(f"{environment.name} answers in its own network only", environment.urn)
    domain = environment.outputs.get("defaultDomain")
    named = private_name(str(domain), origin.standing, door.port, declared) if domain else None
    if named is None or named.verdict is not Verdict.OPEN:
        named = unsure(
            f"whether the domain of {environment.name} resolves there is not known", environment.urn
        )
    return named.then(crossing(origin.standing, subnet_id, door.port, declared, endpoint=False))


def group_road(origin: Origin, door: Door, group: Resource, declared: Declared) -> Road:
    """The road to a container group: a public address, or one in a subnet."""
    kind = group.text("ipAddress.type")
    if not kind:
        return ends(f"{group.name} has no address", group.urn)
    if kind == "Public":
        road, _ = go_out(origin, door, "", declared)
        return road.then(leads(f"{group.name} has a public address", group.urn))
    if origin.unknown is not None:
        return origin.unknown
    subnet_id = next((id_under(item) for item in group.items("subnetIds")), "")
    if origin.standing is None or not subnet_id:
        return ends(f"{group.name} has an address in its own network only", group.urn)
    return leads(f"{group.name} has a private address", group.urn).then(
        crossing(origin.standing, subnet_id, door.port, declared, endpoint=False)
    )


def managed_endpoint_road(origin: Origin, door: Door, endpoint: Resource, declared: Declared) -> Road:
    """The road to a managed online endpoint: its own public address, or the workspace's private endpoint."""
    workspace = Door(endpoint.id.lower().partition("/onlineendpoints/")[0], "amlworkspace", port=door.port)
    road = service_road(origin, workspace, declared)
    if road.verdict is Verdict.OPEN or endpoint.text("properties.publicNetworkAccess") == "Disabled":
        return road
    out, caller = go_out(origin, door, "AzureMachineLearning", declared)
    return out.then(admits(endpoint, caller, declared.world))
