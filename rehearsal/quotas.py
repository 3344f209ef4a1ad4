"""How many vCPUs a program asks for: what stands after its deployment, and what it may grow to."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from azure_facts.arm_id_parsing import levels
from rehearsal.cloud.catalogue.vm_sizes import TOTAL, quota_key, vm_size
from rehearsal.model.paths import walk
from rehearsal.model.resource import Resource
from rehearsal.model.world import World

_AKS = "azure-native:containerservice:ManagedCluster"
_AGENT_POOL = "azure-native:containerservice:AgentPool"
_ML_COMPUTE = "azure-native:machinelearningservices:Compute"
_ML_DEPLOYMENT = "azure-native:machinelearningservices:OnlineDeployment"
_POOL = "databricks:index/instancePool:InstancePool"
_CLUSTER = "databricks:index/cluster:Cluster"
_JOB = "databricks:index/job:Job"

_RESERVE = 1.2
"""Managed online deployments reserve a fifth more than they run on (learn.microsoft.com
machine-learning/how-to-manage-quotas)."""


@dataclass(frozen=True)
class Demand:
    """vCPUs of one family in one region that a resource takes at deployment, and at most. `machine_learning`: they
    count to Azure ML's own quota."""

    urn: str
    path: str
    machine_learning: bool
    region: str
    family: str
    now: int
    most: int


@dataclass(frozen=True)
class Total:
    """What all resources ask of one quota; `largest` is the one that asks for most of it, `limit` what the
    subscription is said to allow."""

    machine_learning: bool
    region: str
    family: str
    now: int
    most: int
    largest: Demand
    limit: int | None


_totals: weakref.WeakKeyDictionary[World, tuple[Total, ...]] = weakref.WeakKeyDictionary()


def totals(world: World) -> tuple[Total, ...]:
    """By quota, region and family, each region's own total included where the subscription states one."""
    found = _totals.get(world)
    if found is None:
        found = _totals[world] = tuple(_sum_up(world))
    return found


def _sum_up(world: World) -> Iterator[Total]:
    groups: dict[tuple[bool, str, str], list[Demand]] = {}
    for demand in (
        demand for resource in world.of_types(ASKING_TYPES) for demand in _demands(resource, world)
    ):
        for family in (demand.family, TOTAL):
            groups.setdefault((demand.machine_learning, demand.region, family), []).append(demand)
    for (machine_learning, region, family), asked in sorted(groups.items()):
        limit = _limit(world, region, family, machine_learning=machine_learning)
        if family == TOTAL and limit is None:
            continue
        yield Total(
            machine_learning,
            region,
            family,
            sum(demand.now for demand in asked),
            sum(demand.most for demand in asked),
            max(asked, key=lambda demand: (demand.now, demand.most, demand.urn)),
            limit,
        )


def _limit(world: World, region: str, family: str, *, machine_learning: bool) -> int | None:
    quotas = world.subscription.quotas
    stated = quotas.machine_learning if machine_learning else quotas.compute
    for name, families in stated.items():
        if quota_key(name) == quota_key(region):
            for key, limit in families.items():
                if quota_key(key) == quota_key(family):
                    return limit
    return None


def region_of(resource: Resource, world: World) -> str:
    """Where a resource lies: its own location, else that of the nearest resource above it."""
    stated = resource.text("location")
    if not stated and resource.id.startswith("/"):
        above = (world.find(level) for level in reversed(levels(resource.id)[:-1]))
        stated = next((text for one in above if one is not None and (text := one.text("location"))), "")
    return quota_key(stated)


def _demands(resource: Resource, world: World) -> Iterator[Demand]:
    machine_learning = resource.type in (_ML_COMPUTE, _ML_DEPLOYMENT)
    region = (
        _databricks_region(resource, world)
        if resource.package == "databricks"
        else region_of(resource, world)
    )
    for path, size, now, most in _nodes(resource):
        found = vm_size(size)
        if found is not None and region:
            yield Demand(
                resource.urn,
                path,
                machine_learning,
                region,
                found.family,
                int(now * found.vcpus),
                int(max(now, most) * found.vcpus),
            )


def _databricks_region(resource: Resource, world: World) -> str:
    provider = world.provider_of(resource)
    workspace = world.find(provider.value("azureWorkspaceResourceId")) if provider else None
    return region_of(workspace, world) if workspace else ""


def _nodes(resource: Resource) -> Iterator[tuple[str, str, float, float]]:
    """Path and size of each kind of node, how many there are at first, and at most."""
    return _NODES[resource.type](resource)


def node_sizes(resource: Resource) -> Iterator[tuple[str, str]]:
    """Path and name of each VM size that a resource asks for."""
    if resource.type in _NODES:
        for path, size, _, _ in _nodes(resource):
            yield path, size


def _aks_nodes(resource: Resource) -> Iterator[tuple[str, str, float, float]]:
    for index, pool in enumerate(resource.items("agentPoolProfiles")):
        yield f"agentPoolProfiles[{index}].vmSize", *_pool_nodes(pool)


def _agent_nodes(resource: Resource) -> Iterator[tuple[str, str, float, float]]:
    yield "vmSize", *_pool_nodes(resource.plain_inputs)


def _deployment_nodes(resource: Resource) -> Iterator[tuple[str, str, float, float]]:
    if resource.text("properties.endpointComputeType") == "Managed":
        nodes = _number(resource.value("sku.capacity")) * _RESERVE
        yield "properties.instanceType", resource.text("properties.instanceType"), nodes, nodes


def _idle_nodes(resource: Resource) -> Iterator[tuple[str, str, float, float]]:
    least, most = _number(resource.value("minIdleInstances")), _number(resource.value("maxCapacity"))
    yield "nodeTypeId", resource.text("nodeTypeId"), least, most


def _job_nodes(resource: Resource) -> Iterator[tuple[str, str, float, float]]:
    for index, cluster in enumerate(resource.items("jobClusters")):
        new = cluster.get("newCluster")
        if isinstance(new, Mapping):
            yield from _cluster_nodes(new, f"jobClusters[{index}].newCluster.")


def _pool_nodes(pool: Mapping[str, object]) -> tuple[str, float, float]:
    return str(pool.get("vmSize", "")), _number(pool.get("count")), _number(pool.get("maxCount"))


def _ml_nodes(resource: Resource) -> Iterator[tuple[str, str, float, float]]:
    """A cluster needs room for one node to be created at all ("cannot accommodate for at least 1 requested managed
    compute node"), an instance is one."""
    size, kind = resource.text("properties.properties.vmSize"), resource.text("properties.computeType")
    if kind == "ComputeInstance":
        yield "properties.properties.vmSize", size, 1, 1
    elif kind == "AmlCompute":
        scale = "properties.properties.scaleSettings"
        least = max(1.0, _number(resource.value(f"{scale}.minNodeCount")))
        yield "properties.properties.vmSize", size, least, _number(resource.value(f"{scale}.maxNodeCount"))


def _cluster_nodes(cluster: Mapping[str, object], path: str) -> Iterator[tuple[str, str, float, float]]:
    """Nothing runs until somebody starts it; the driver is a node too. Nodes of a pool are the pool's."""
    if cluster.get("instancePoolId"):
        return
    workers = max(_number(cluster.get("numWorkers")), _number(walk(cluster, "autoscale.maxWorkers")))
    size = str(cluster.get("nodeTypeId") or "")
    driver = str(cluster.get("driverNodeTypeId") or size)
    if driver == size:
        yield f"{path}nodeTypeId", size, 0, workers + 1
    else:
        yield f"{path}nodeTypeId", size, 0, workers
        yield f"{path}driverNodeTypeId", driver, 0, 1


_NODES: Mapping[str, Callable[[Resource], Iterator[tuple[str, str, float, float]]]] = {
    _AKS: _aks_nodes,
    _AGENT_POOL: _agent_nodes,
    _ML_COMPUTE: _ml_nodes,
    _ML_DEPLOYMENT: _deployment_nodes,
    _POOL: _idle_nodes,
    _CLUSTER: lambda resource: _cluster_nodes(resource.plain_inputs, ""),
    _JOB: _job_nodes,
}

ASKING_TYPES = tuple(_NODES)


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0
