"""What Azure Machine Learning costs: the services under the workspace, its machines, the registry."""

from __future__ import annotations

from collections.abc import Iterator

from infra.cost.prices import HOURS, Line, Part, Prices, counted_as_0, line, machines
from infra.settings.ml import MachineLearning
from infra.settings.platform import PlatformSettings


def machine_learning_lines(settings: PlatformSettings, prices: Prices) -> Iterator[Line]:
    """The workspace itself is free; what is under it and runs in it is not."""
    if settings.ml:
        yield from _workspace(settings, settings.ml, prices)
        yield from _compute(settings, settings.ml, prices)
    registry = settings.promotion and settings.promotion.registry
    if registry:
        count = len(registry.regions)
        yield line(
            "ML registry",
            f"{count} Premium container registries",
            prices,
            Part(count, "container_registry", "Premium"),
        )


def _workspace(settings: PlatformSettings, ml: MachineLearning, prices: Prices) -> Iterator[Line]:
    registry, storage = ml.workspace.container_registry, ml.workspace.storage_account
    if registry.existing_resource_id is None:
        yield line("container registry", registry.sku, prices, Part(1, "container_registry", registry.sku))
    if storage.existing_resource_id is None:
        size = settings.cost.ml_storage_gb
        yield line(
            "ML storage",
            f"{size:g} GB, {storage.redundancy}",
            prices,
            Part(size, "storage", storage.redundancy),
        )
    if ml.outbound_hosts:
        yield line(
            "firewall of the managed network",
            "approved host names ask for it",
            prices,
            Part(HOURS, "managed_network", "Standard"),
        )
    if settings.recovery.notebook_backup:
        yield line("backup of notebooks", "one file share", prices, Part(1, "backup", "file_share"))


def _compute(settings: PlatformSettings, ml: MachineLearning, prices: Prices) -> Iterator[Line]:
    cost = settings.cost
    for key, instance in ml.compute_instances.items():
        yield machines(f"compute instance {key}", instance.vm_size, 1, cost.instance_hours, prices)
    for key, cluster in ml.training_clusters.items():
        item, hours = f"training cluster {key}", cost.training_cluster_hours.get(key)
        if hours is not None:
            yield machines(item, cluster.vm_size, cluster.max_nodes, hours, prices)
        elif cluster.min_nodes:
            yield machines(item, cluster.vm_size, cluster.min_nodes, HOURS, prices)
        else:
            what = f"{cluster.max_nodes} x {cluster.vm_size}"
            yield counted_as_0(item, what, f"cost.training_cluster_hours.{key}")
