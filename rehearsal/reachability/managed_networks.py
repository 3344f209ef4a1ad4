"""Networks that services manage: Azure ML's, Data Factory's, Synapse's, that of Databricks' serverless compute.

Each reaches what it has private endpoints to, which are in no network of one's own, and what it is let out
to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from azure_facts.ml_managed_network import (
    APPROVED_OUTBOUND,
    AUTOMATIC_SUB_RESOURCES,
    HOST_RULE_PORTS,
    OPEN_OUTBOUND,
    REQUIRED_RULES,
    REQUIRED_TAGS,
    WORKSPACE_SUB_RESOURCE,
    approves,
)
from azure_facts.network_traffic import is_microsofts, tag_of_host
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.reachability.model import Door, Hop, Road, ends, leads, unsure
from rehearsal.rules import tokens
from rehearsal.rules.datafactory.networks import ENDPOINT
from rehearsal.rules.machine_learning.outbound import (
    automatic,
    host_names,
    isolation,
    outbound_rules,
    private_targets,
    spark_targets,
)

Targets = Mapping[tuple[str, str], Hop]
"""Id and sub-resource, both in lower case, of what a managed network has private endpoints to."""

NCC_RULE = "databricks:index/mwsNccPrivateEndpointRule:MwsNccPrivateEndpointRule"


@dataclass(frozen=True)
class ManagedNetwork:
    """`endpoints` by target; `out` says whether the network lets out to a public door, by its service tag. `hidden`:
    further endpoints may be made where no program shows them."""

    endpoints: Targets
    out: Callable[[Door, str], Road]
    hidden: bool = False


def of_workspace(workspace: Resource, world: World, *, spark: bool) -> ManagedNetwork:
    """That of an Azure ML workspace. Serverless Spark in it reaches what rules enable for it, and no host by name."""
    mode = isolation(workspace)
    if not mode:
        return ManagedNetwork({}, _open)
    targets = dict(_spark_targets(workspace, world) if spark else _targets(workspace, world))
    if mode == OPEN_OUTBOUND:
        return ManagedNetwork(targets, _open)
    if mode != APPROVED_OUTBOUND:
        return ManagedNetwork(
            targets, lambda _door, _tag: unsure(f"isolation mode {mode} is not known", workspace.urn)
        )
    hosts = () if spark else host_names(workspace, world)
    tags = (*REQUIRED_TAGS, *_service_tags(workspace, world))
    return ManagedNetwork(targets, lambda door, tag: _approved(door, tag, workspace, hosts, tags))


def _targets(workspace: Resource, world: World) -> Iterator[tuple[tuple[str, str], Hop]]:
    for key, parts in AUTOMATIC_SUB_RESOURCES.items():
        target = world.find(workspace.text(key))
        if target is not None and automatic(workspace, closed=_closed(target)):
            hop = Hop(
                f"the managed network has an endpoint to {target.name} by itself", (workspace.urn, target.urn)
            )
            yield from (((target.id.lower(), part), hop) for part in parts)
    yield from _to_itself(workspace)
    for target_id, part in private_targets(workspace, world):
        yield (target_id, part), _by_rule(workspace, target_id, part, world)


def _spark_targets(workspace: Resource, world: World) -> Iterator[tuple[tuple[str, str], Hop]]:
    yield from _to_itself(workspace)
    for target_id, part in spark_targets(workspace, world):
        yield (target_id, str(part).lower()), _by_rule(workspace, target_id, str(part), world)


def _to_itself(workspace: Resource) -> Iterator[tuple[tuple[str, str], Hop]]:
    if automatic(workspace, closed=_closed(workspace)):
        hop = Hop("the managed network has an endpoint to its workspace by itself", (workspace.urn,))
        yield (workspace.id.lower(), WORKSPACE_SUB_RESOURCE), hop


def _closed(target: Resource) -> bool:
    access = target.text("publicNetworkAccess") or target.text("properties.publicNetworkAccess")
    return access == "Disabled"


def _by_rule(workspace: Resource, target_id: str, part: str, world: World) -> Hop:
    """The rule is a property of the workspace, or a resource of its own."""
    urns = [workspace.urn]
    for rule in world.of_types((tokens.ML_OUTBOUND_RULE,)):
        named = rule.text("properties.destination.serviceResourceId").lower()
        if named == target_id and rule.id.lower().startswith(f"{workspace.id.lower()}/"):
            urns.append(rule.urn)
    return Hop(
        f"an outbound rule leads to {target_id.rpartition('/')[2]} ({part}) by private endpoint", tuple(urns)
    )


def _service_tags(workspace: Resource, world: World) -> Iterator[str]:
    for rule in outbound_rules(workspace, world):
        destination = rule.get("destination")
        if rule.get("type") == "ServiceTag" and isinstance(destination, Mapping):
            yield str(destination.get("serviceTag"))


def _approved(
    door: Door, tag: str, workspace: Resource, hosts: tuple[str, ...], tags: tuple[str, ...]
) -> Road:
    if door.host and door.port in HOST_RULE_PORTS and approves(hosts, door.host):
        return leads(f"an outbound rule approves {door.host}", workspace.urn)
    wanted = tag or tag_of_host(door.host)
    if wanted and any(name.partition(".")[0].lower() == wanted.lower() for name in tags):
        return leads(f"an outbound rule approves the service tag {wanted}", workspace.urn)
    if door.host and not tag and is_microsofts(door.host):
        return unsure(
            f"whether a service tag of {workspace.name}'s rules holds {door.host} is not known", workspace.urn
        )
    return ends(f"no outbound rule of {workspace.name} leads to {door}", workspace.urn, source=REQUIRED_RULES)


def _open(door: Door, tag: str) -> Road:
    return leads(f"the network lets out to {tag or door}")


def of_factory(factory_id: str, world: World) -> ManagedNetwork:
    """That of a data factory: it lets out to everywhere."""
    targets: dict[tuple[str, str], Hop] = {}
    for endpoint in world.of_types((ENDPOINT,)):
        if endpoint.id.lower().startswith(f"{factory_id.lower()}/"):
            target = endpoint.text("properties.privateLinkResourceId").lower()
            targets[target, endpoint.text("properties.groupId").lower()] = _endpoint(endpoint, target)
    return ManagedNetwork(targets, _open)


def _endpoint(declared: Resource, target: str) -> Hop:
    return Hop(
        f"{declared.name} leads to {target.rpartition('/')[2]}; the target's owner approves it",
        (declared.urn,),
        taken=True,
    )


def of_synapse(workspace: Resource) -> ManagedNetwork:
    """That of Synapse's Spark pools. Endpoints are made inside Synapse too."""
    targets: dict[tuple[str, str], Hop] = {}
    if workspace.value("defaultDataLakeStorage.createManagedPrivateEndpoint") is True:
        lake = workspace.text("defaultDataLakeStorage.resourceId").lower()
        hop = Hop(
            "the workspace makes an endpoint to its lake; the lake's owner approves it",
            (workspace.urn,),
            taken=True,
        )
        targets[lake, "dfs"] = hop
    if workspace.value("managedVirtualNetworkSettings.preventDataExfiltration") is not True:
        return ManagedNetwork(targets, _open, hidden=True)
    what = f"{workspace.name} leaves its network through managed private endpoints only"
    return ManagedNetwork(targets, lambda _door, _tag: ends(what, workspace.urn), hidden=True)


def of_serverless(world: World) -> ManagedNetwork:
    """That of Databricks' serverless compute. A network connectivity configuration counts for every workspace: what it
    is bound to is an id that the service makes up."""
    targets: dict[tuple[str, str], Hop] = {}
    for rule in world.of_types((NCC_RULE,)):
        target = rule.text("resourceId").lower()
        targets[target, rule.text("groupId").lower()] = _endpoint(rule, target)
    return ManagedNetwork(targets, _open)
