"""vCPU quotas: which quotas nodes count to, and how many nodes each service asks for. Pure functions of plain values.

Microsoft.Compute has a quota for each family, one for all families of a region together, and one for spot machines,
which count to neither of the others (learn.microsoft.com quotas/spot-quota). Azure ML counts its own nodes to quotas
of its own, cut the same way, with low-priority in place of spot (learn.microsoft.com
machine-learning/how-to-manage-quotas).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from azure_facts.managed_endpoints import skips_upgrade_reserve
from azure_facts.sql_warehouses import WAREHOUSE_CLUSTERS, WAREHOUSE_WORKER
from azure_facts.vm_sizes import is_accelerated, vm_size

TOTAL = "cores"
"""All families of a region together, as `az vm list-usage` names it."""

SPOT = "lowPriorityCores"
"""Spot machines of all families, as `az vm list-usage` names them; for Azure ML low-priority nodes."""

DEFAULT_LIMITS: Mapping[bool, Mapping[str, int]] = MappingProxyType(
    {
        False: MappingProxyType({"family": 20, TOTAL: 20, SPOT: 20}),
        True: MappingProxyType({"family": 24, TOTAL: 24, SPOT: 100}),
    }
)
"""What a new subscription may use in a region, by whether Azure ML counts: a family, all families, spot. The least
that the pages name; offers differ, and GPU families start with 0. Sources:
learn.microsoft.com azure-resource-manager/management/azure-subscription-service-limits (Virtual Machines limits) and
machine-learning/how-to-manage-quotas (24 to 300 dedicated, 100 to 3,000 low-priority)."""


@dataclass(frozen=True, order=True)
class Quota:
    """One quota of a region: `name` is a family, `TOTAL` or `SPOT`."""

    machine_learning: bool
    name: str

    @property
    def title(self) -> str:
        """The quota in a sentence: a family by its name."""
        spot = "vCPUs of low-priority nodes" if self.machine_learning else "vCPUs of spot machines"
        return {TOTAL: "vCPUs of all families", SPOT: spot}.get(self.name, self.name)

    @property
    def default_limit(self) -> int:
        """vCPUs that a new subscription may use."""
        limits = DEFAULT_LIMITS[self.machine_learning]
        return limits.get(self.name, 0 if is_accelerated(self.name) else limits["family"])


@dataclass(frozen=True)
class Nodes:
    """Machines of one VM size: how many there are after a deployment, and at most."""

    size: str
    now: int
    most: int
    machine_learning: bool = False
    spot: bool = False


@dataclass(frozen=True)
class Demand:
    """vCPUs that nodes take of one quota, after a deployment and at most."""

    quota: Quota
    now: int
    most: int


def demands(nodes: Nodes) -> tuple[Demand, ...]:
    """What nodes take of each quota; nothing for a size that the table of sizes does not have."""
    size = vm_size(nodes.size)
    if size is None:
        return ()
    names = (SPOT,) if nodes.spot else (size.family, TOTAL)
    now, most = nodes.now * size.quota_vcpus, nodes.most * size.quota_vcpus
    return tuple(Demand(Quota(nodes.machine_learning, name), now, most) for name in names)


def most_by_quota(nodes: Iterable[Nodes]) -> dict[Quota, int]:
    """vCPUs at most of every quota that is needed at all."""
    totals: dict[Quota, int] = {}
    for one in nodes:
        for demand in demands(one):
            totals[demand.quota] = totals.get(demand.quota, 0) + demand.most
    return {quota: most for quota, most in sorted(totals.items()) if most}


def managed_deployment(size: str, now: int, most: int) -> Nodes:
    """A managed online deployment needs quota for a fifth more instances than it runs on, rounded up, but for some
    sizes (learn.microsoft.com machine-learning/how-to-manage-quotas: 12 for 10 instances)."""
    if skips_upgrade_reserve(size):
        return Nodes(size, now, most, machine_learning=True)
    return Nodes(size, _and_a_fifth(now), _and_a_fifth(most), machine_learning=True)


def _and_a_fifth(instances: int) -> int:
    return -(-instances * 6 // 5)


SPOT_AVAILABILITY = "SPOT_AZURE"
SPOT_WITH_FALLBACK = "SPOT_WITH_FALLBACK_AZURE"


@dataclass(frozen=True)
class DatabricksCluster:
    """A cluster of its own machines, at its largest. A size is empty where a pool gives these machines: they are
    counted with the pool. `availability` is `azure_attributes.availability`; on demand where empty."""

    node_type: str
    driver_type: str
    workers: int
    availability: str = ""
    first_on_demand: int = 1


def databricks_cluster(cluster: DatabricksCluster) -> Iterator[Nodes]:
    """Nothing runs until somebody starts the cluster. The first `first_on_demand` nodes, of which the driver is one,
    are on demand, the others spot; with fallback they may be either, and both quotas must hold them
    (databricks/terraform-provider-databricks docs/resources/cluster.md, azure_attributes)."""
    spot = cluster.availability in (SPOT_AVAILABILITY, SPOT_WITH_FALLBACK)
    on_demand = cluster.first_on_demand if spot else cluster.workers + 1
    if cluster.driver_type:
        yield Nodes(cluster.driver_type, 0, 1, spot=on_demand < 1)
    if not cluster.node_type:
        return
    steady = min(cluster.workers, max(on_demand - 1, 0))
    flexible = cluster.workers - steady
    if flexible:
        yield Nodes(cluster.node_type, 0, flexible, spot=True)
    if cluster.availability == SPOT_WITH_FALLBACK:
        steady += flexible
    if steady:
        yield Nodes(cluster.node_type, 0, steady)


def databricks_pool(node_type: str, idle: int, most: int, availability: str = "") -> Nodes:
    """The machines of an instance pool, which has no fallback from spot."""
    return Nodes(node_type, idle, max(idle, most), spot=availability == SPOT_AVAILABILITY)


def sql_warehouse(size: str, clusters: int) -> Iterator[Nodes]:
    """The machines of a SQL warehouse that is not serverless, with its most clusters; nothing for an unknown size."""
    one = WAREHOUSE_CLUSTERS.get(size)
    if one is not None:
        yield Nodes(one.driver, 0, clusters)
        yield Nodes(WAREHOUSE_WORKER, 0, one.workers * clusters)


_OTHER_NAMES: Mapping[str, str] = MappingProxyType({"standardndv5h100family": "standardndsh100v5family"})
"""Families that Azure ML names otherwise (learn.microsoft.com
machine-learning/reference-managed-online-endpoints-vm-sku-list), both as `quota_key` writes them."""


def quota_key(name: str) -> str:
    """The form in which names of quotas are compared: the services write `standardDDSv5Family` and
    `StandardDDSv5Family`, `Standard NCASv3_T4 Family`, and Azure ML "Standard DDSv5 Family Cluster Dedicated vCPUs",
    "Total Cluster Dedicated Regional vCPUs", "Total Cluster Low Priority Regional vCPUs"."""
    key = re.sub(r"[^a-z0-9]", "", name.lower())
    if key in ("total", "totalregionalvcpus", "totalclusterdedicatedregionalvcpus"):
        key = TOTAL
    elif key in ("spot", "lowpriority", "totalregionalspotvcpus") or key.startswith(
        "totalclusterlowpriority"
    ):
        key = SPOT.lower()
    key = re.sub(r"(cluster(dedicated)?)?vcpus$", "", key)
    return _OTHER_NAMES.get(key, key)
