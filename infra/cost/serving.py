"""What scoring costs: the cluster, managed endpoints, container groups."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.vm_sizes import vm_size
from infra.cost.prices import HOURS, Line, Part, Prices, line, machines
from infra.settings.platform import PlatformSettings
from infra.settings.serving_cluster import Cluster
from infra.settings.serving_endpoints import RunsOn


def serving_lines(settings: PlatformSettings, prices: Prices) -> Iterator[Line]:
    """Nodes at their minimum, unless settings say how many there are on average."""
    serving = settings.serving
    if serving is None:
        return
    if serving.cluster:
        yield from _cluster(settings, serving.cluster, prices)
    for key, endpoint in serving.endpoints.items():
        if endpoint.runs_on is RunsOn.MANAGED:
            for name, deployment in endpoint.deployments.items():
                yield machines(
                    f"endpoint {key}, {name}",
                    deployment.instance_type,
                    deployment.min_instances,
                    HOURS,
                    prices,
                )
    for key, group in serving.container_groups.items():
        yield container_line(f"container {key}", group.cpu, group.memory_gb, prices)


def _cluster(settings: PlatformSettings, cluster: Cluster, prices: Prices) -> Iterator[Line]:
    yield line(
        "AKS", f"{cluster.tier} tier, one load balancer", prices,
        Part(HOURS, "kubernetes", cluster.tier), Part(HOURS, "network", "load_balancer"),
    )  # fmt: skip
    average = settings.cost.scoring_nodes
    pools = {
        "system": (cluster.system_pool.vm_size, float(cluster.system_pool.nodes)),
        "scoring": (
            cluster.scoring_pool.vm_size,
            average if average is not None else cluster.scoring_pool.min_nodes,
        ),
        **{key: (pool.vm_size, float(pool.min_nodes)) for key, pool in cluster.pools.items()},
    }
    for key, (size, nodes) in pools.items():
        yield machines(f"AKS {key} pool", size, nodes, HOURS, prices)
    if cluster.defender:
        shapes = [(vm_size(size), nodes) for size, nodes in pools.values()]
        cores = sum(shape.vcpus * nodes for shape, nodes in shapes if shape)
        yield line(
            "Defender for Containers",
            f"{cores:g} vCPU",
            prices,
            Part(cores, "defender", "containers_vcpu"),
        )


def container_line(item: str, cpu: float, memory_gb: float, prices: Prices) -> Line:
    """A container instance that runs all month."""
    return line(
        item,
        f"{cpu:g} vCPU, {memory_gb:g} GB x {HOURS} h",
        prices,
        Part(cpu * HOURS, "container_instances", "vcpu_hour"),
        Part(memory_gb * HOURS, "container_instances", "gb_hour"),
    )
