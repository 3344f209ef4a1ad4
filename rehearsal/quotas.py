"""How many vCPUs a program asks for: what runs after its deployment, and what it may grow to."""

from __future__ import annotations

import re
import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from azure_facts.arm_id_parsing import levels
from azure_facts.quotas import (
    DatabricksCluster,
    Nodes,
    Quota,
    databricks_cluster,
    databricks_pool,
    demands,
    managed_deployment,
    quota_key,
    sql_warehouse,
)
from azure_facts.vm_sizes import vm_size
from rehearsal.model.paths import walk
from rehearsal.model.resource import Resource
from rehearsal.model.world import World

_AKS = "azure-native:containerservice:ManagedCluster"
_AGENT_POOL = "azure-native:containerservice:AgentPool"
_ML_COMPUTE = "azure-native:machinelearningservices:Compute"
_ML_DEPLOYMENT = "azure-native:machinelearningservices:OnlineDeployment"
_AUTOSCALE = "azure-native:monitor:AutoscaleSetting"
_POOL = "databricks:index/instancePool:InstancePool"
_CLUSTER = "databricks:index/cluster:Cluster"
_JOB = "databricks:index/job:Job"
_WAREHOUSE = "databricks:index/sqlEndpoint:SqlEndpoint"


@dataclass(frozen=True)
class Part:
    """What one resource asks of one quota in one region, and the property that says so."""

    urn: str
    path: str
    region: str
    quota: Quota
    now: int
    most: int


@dataclass(frozen=True)
class Total:
    """What all resources ask of one quota; `largest` is the one that asks for most of it, `limit` what the
    subscription is said to allow."""

    region: str
    quota: Quota
    now: int
    most: int
    largest: Part
    limit: int | None


_totals: weakref.WeakKeyDictionary[World, tuple[Total, ...]] = weakref.WeakKeyDictionary()


def totals(world: World) -> tuple[Total, ...]:
    """By region and quota."""
    found = _totals.get(world)
    if found is None:
        found = _totals[world] = tuple(_sum_up(world))
    return found


def unknown_sizes(world: World) -> tuple[str, ...]:
    """VM sizes that the table of sizes does not have, so that nobody counted them."""
    sizes = {size for resource in world.of_types(ASKING_TYPES) for _, size in node_sizes(resource, world)}
    return tuple(sorted(size for size in sizes if size and vm_size(size) is None))


def _sum_up(world: World) -> Iterator[Total]:
    groups: dict[tuple[str, Quota], list[Part]] = {}
    for resource in world.of_types(ASKING_TYPES):
        for part in _parts(resource, world):
            groups.setdefault((part.region, part.quota), []).append(part)
    for (region, quota), asked in sorted(groups.items()):
        yield Total(
            region,
            quota,
            sum(part.now for part in asked),
            sum(part.most for part in asked),
            max(asked, key=lambda part: (part.now, part.most, part.urn)),
            _limit(world, region, quota),
        )


def _limit(world: World, region: str, quota: Quota) -> int | None:
    stated = world.subscription.quotas
    regions = stated.machine_learning if quota.machine_learning else stated.compute
    for name, limits in regions.items():
        if _region_key(name) == region:
            for key, limit in limits.items():
                if quota_key(key) == quota_key(quota.name):
                    return limit
    return None


def _region_key(text: str) -> str:
    return re.sub(r"[\s_-]", "", text).lower()


def region_of(resource: Resource, world: World) -> str:
    """Where a resource lies: its own location, else that of the nearest resource above it."""
    stated = resource.text("location")
    if not stated and resource.id.startswith("/"):
        above = (world.find(level) for level in reversed(levels(resource.id)[:-1]))
        stated = next((text for one in above if one is not None and (text := one.text("location"))), "")
    return _region_key(stated)


def _databricks_region(resource: Resource, world: World) -> str:
    provider = world.provider_of(resource)
    workspace = world.find(provider.value("azureWorkspaceResourceId")) if provider else None
    return region_of(workspace, world) if workspace else ""


def _parts(resource: Resource, world: World) -> Iterator[Part]:
    databricks = resource.package == "databricks"
    region = _databricks_region(resource, world) if databricks else region_of(resource, world)
    for path, nodes in _nodes(resource, world) if region else ():
        for demand in demands(nodes):
            yield Part(resource.urn, path, region, demand.quota, demand.now, demand.most)


def _nodes(resource: Resource, world: World) -> Iterator[tuple[str, Nodes]]:
    """The nodes that a resource asks for, each with the path of its size."""
    if resource.type == _ML_DEPLOYMENT:
        return _deployment_nodes(resource, world)
    return _NODES[resource.type](resource)


def node_sizes(resource: Resource, world: World) -> Iterator[tuple[str, str]]:
    """Path and name of each VM size that a resource names; a warehouse names none."""
    if resource.type != _WAREHOUSE:
        yield from {path: nodes.size for path, nodes in _nodes(resource, world)}.items()


def _aks_nodes(resource: Resource) -> Iterator[tuple[str, Nodes]]:
    for index, pool in enumerate(resource.items("agentPoolProfiles")):
        yield f"agentPoolProfiles[{index}].vmSize", _aks_pool(pool)


def _agent_nodes(resource: Resource) -> Iterator[tuple[str, Nodes]]:
    yield "vmSize", _aks_pool(resource.plain_inputs)


def _aks_pool(pool: Mapping[str, object]) -> Nodes:
    count = _count(pool.get("count"))
    most = max(count, _count(pool.get("maxCount")))
    return Nodes(_text(pool.get("vmSize")), count, most, spot=pool.get("scaleSetPriority") == "Spot")


def _ml_nodes(resource: Resource) -> Iterator[tuple[str, Nodes]]:
    """A cluster needs room for one node to be created at all ("cannot accommodate for at least 1 requested managed
    compute node"), an instance is one."""
    path = "properties.properties.vmSize"
    size, kind = resource.text(path), resource.text("properties.computeType")
    if kind == "ComputeInstance":
        yield path, Nodes(size, 1, 1, machine_learning=True)
    elif kind == "AmlCompute":
        scale = "properties.properties.scaleSettings"
        least = max(1, _count(resource.value(f"{scale}.minNodeCount")))
        most = max(least, _count(resource.value(f"{scale}.maxNodeCount")))
        low = resource.text("properties.properties.vmPriority") == "LowPriority"
        yield path, Nodes(size, least, most, machine_learning=True, spot=low)


def _deployment_nodes(resource: Resource, world: World) -> Iterator[tuple[str, Nodes]]:
    if resource.text("properties.endpointComputeType") == "Managed":
        size, count = resource.text("properties.instanceType"), _count(resource.value("sku.capacity"))
        most = max(count, _autoscaled_to(resource, world))
        yield "properties.instanceType", managed_deployment(size, count, most)


def _autoscaled_to(resource: Resource, world: World) -> int:
    """The most instances that Azure Monitor gives a deployment; 0 where it does not scale it."""
    maxima = (
        profile.get("capacity")
        for setting in world.of_types((_AUTOSCALE,))
        if setting.value("enabled") is not False
        and setting.text("targetResourceUri").lower() == resource.id.lower()
        for profile in setting.items("profiles")
    )
    return max(
        (_count(capacity.get("maximum")) for capacity in maxima if isinstance(capacity, Mapping)), default=0
    )


def _pool_nodes(resource: Resource) -> Iterator[tuple[str, Nodes]]:
    yield (
        "nodeTypeId",
        databricks_pool(
            resource.text("nodeTypeId"),
            _count(resource.value("minIdleInstances")),
            _count(resource.value("maxCapacity")),
            resource.text("azureAttributes.availability"),
        ),
    )


def _job_nodes(resource: Resource) -> Iterator[tuple[str, Nodes]]:
    for kind in ("jobClusters", "tasks"):
        for index, owner in enumerate(resource.items(kind)):
            new = owner.get("newCluster")
            if isinstance(new, Mapping):
                yield from _cluster_nodes(new, f"{kind}[{index}].newCluster.")


def _cluster_nodes(cluster: Mapping[str, object], path: str) -> Iterator[tuple[str, Nodes]]:
    worker = "" if cluster.get("instancePoolId") else _text(cluster.get("nodeTypeId"))
    named = _text(cluster.get("driverNodeTypeId"))
    # Without a pool or a type of its own, the driver is like the workers.
    driver = "" if cluster.get("driverInstancePoolId") else named or worker
    first = walk(cluster, "azureAttributes.firstOnDemand")
    asked = DatabricksCluster(
        worker,
        driver,
        max(_count(cluster.get("numWorkers")), _count(walk(cluster, "autoscale.maxWorkers"))),
        _text(walk(cluster, "azureAttributes.availability")),
        1 if first is None else _count(first),
    )
    for nodes in databricks_cluster(asked):
        yield f"{path}{'driverNodeTypeId' if named and nodes.size == named else 'nodeTypeId'}", nodes


def _warehouse_nodes(resource: Resource) -> Iterator[tuple[str, Nodes]]:
    if resource.value("enableServerlessCompute") is not True:
        clusters = max(1, _count(resource.value("maxNumClusters")))
        for nodes in sql_warehouse(resource.text("clusterSize"), clusters):
            yield "clusterSize", nodes


_NODES: Mapping[str, Callable[[Resource], Iterator[tuple[str, Nodes]]]] = {
    _AKS: _aks_nodes,
    _AGENT_POOL: _agent_nodes,
    _ML_COMPUTE: _ml_nodes,
    _POOL: _pool_nodes,
    _CLUSTER: lambda resource: _cluster_nodes(resource.plain_inputs, ""),
    _JOB: _job_nodes,
    _WAREHOUSE: _warehouse_nodes,
}

ASKING_TYPES = (*_NODES, _ML_DEPLOYMENT)


def _count(value: object) -> int:
    """A whole number, written as a number or as text; 0 for anything else."""
    if isinstance(value, str):
        return int(value) if value.isdigit() else 0
    return int(value) if isinstance(value, (int, float)) else 0


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
