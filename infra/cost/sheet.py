"""The cost sheet: a pure function of settings and a dated price file.

It counts what settings decide and machines bill: nodes, Databricks units, tiers. It does not count storage, traffic,
calls and private endpoints, which follow from use; the budget (`infra.foundation.budget`) sees all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from infra.settings.cost import Cost
from infra.settings.databricks.called_jobs import called_by
from infra.settings.databricks.jobs import Job
from infra.settings.network import PrivateNetwork
from infra.settings.platform import PlatformSettings

PRICE_FILE = Path(__file__).parent / "prices.yaml"
HOURS = 730
"""In a month, as Azure's own calculator has it."""
DAYS = 30
OLD_AFTER_DAYS = 180


class Prices(BaseModel):
    """The price file; a price that is not in it is told, never guessed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    as_of: date
    currency: str
    vm_hour: Mapping[str, float]
    dbu_per_node_hour: Mapping[str, float]
    dbu: Mapping[str, float]
    warehouse_dbu_hour: float
    monthly: Mapping[str, float]
    log_gb: float
    dedicated_pool_dwu100_hour: float


@dataclass(frozen=True)
class Line:
    """`amount` a month in the file's currency; None where the file lacks a price. `how` is the reckoning."""

    item: str
    how: str
    amount: float | None


@dataclass(frozen=True)
class CostSheet:
    """A month of one environment."""

    lines: tuple[Line, ...]
    prices: Prices

    @property
    def total(self) -> float:
        """Of the lines that have a price."""
        return sum(line.amount or 0 for line in self.lines)

    def render(self, environment: str, budget: float, today: date) -> str:
        """As text for the preview."""
        currency = self.prices.currency
        rows = [
            f"  {line.item:<34} {'no price' if line.amount is None else f'{line.amount:,.0f}':>9}  {line.how}"
            for line in self.lines
        ]
        age = (today - self.prices.as_of).days
        old = f"; the price file is {age} days old" if age > OLD_AFTER_DAYS else ""
        head = (
            f"A month of {environment}, estimated: {self.total:,.0f} {currency} of a budget of {budget:,.0f} "
            f"(prices of {self.prices.as_of}{old}; storage, traffic and calls not counted)"
        )
        return "\n".join((head, *rows))


def load_prices(path: Path = PRICE_FILE) -> Prices:
    """Raises pydantic's ValidationError for a file that is not one of prices."""
    return Prices.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def monthly_cost(settings: PlatformSettings) -> str:
    """The sheet of these settings by the shipped prices, as the preview prints it."""
    sheet = cost_sheet(settings, load_prices())
    return sheet.render(settings.environment.name, settings.budget.monthly_amount, settings.today)


def cost_sheet(settings: PlatformSettings, prices: Prices) -> CostSheet:
    """Every line in the order of the platform's parts."""
    cost = settings.cost
    parts: tuple[Callable[[PlatformSettings, Cost, Prices], Iterator[Line]], ...] = (
        _network,
        _machine_learning,
        _databricks,
        _serving,
        _synapse,
    )
    lines = [line for part in parts for line in part(settings, cost, prices)]
    logs = cost.logs_gb_per_day * DAYS
    lines.append(Line("logs", f"{logs:g} GB", logs * prices.log_gb))
    return CostSheet(tuple(lines), prices)


def _machines(item: str, size: str, nodes: float, hours: float, prices: Prices) -> Line:
    price = prices.vm_hour.get(size)
    how = f"{nodes:g} x {size} x {hours:g} h"
    return Line(item, how, None if price is None else nodes * hours * price)


def _network(settings: PlatformSettings, _cost: Cost, prices: Prices) -> Iterator[Line]:
    if isinstance(settings.network, PrivateNetwork) and not settings.network.existing:
        yield Line("NAT gateway", "one", prices.monthly["nat_gateway"])


def _machine_learning(settings: PlatformSettings, cost: Cost, prices: Prices) -> Iterator[Line]:
    if settings.ml is None:
        return
    workspace = settings.ml.workspace
    if workspace.container_registry.existing_resource_id is None:
        sku = workspace.container_registry.sku
        yield Line("container registry", sku, prices.monthly[f"container_registry_{sku.lower()}"])
    if workspace.approved_fqdns:
        yield Line(
            "firewall of the managed network",
            "approved host names ask for it",
            prices.monthly["managed_network_firewall"],
        )
    for key, instance in settings.ml.compute_instances.items():
        yield _machines(f"compute instance {key}", instance.vm_size, 1, cost.instance_hours, prices)
    for key, cluster in settings.ml.training_clusters.items():
        hours = cost.training_cluster_hours.get(key, 0)
        if hours:
            yield _machines(f"training cluster {key}", cluster.vm_size, cluster.max_nodes, hours, prices)
        elif cluster.min_nodes:
            yield _machines(f"training cluster {key}", cluster.vm_size, cluster.min_nodes, HOURS, prices)
    registry = settings.promotion and settings.promotion.registry
    if registry:
        count = len(registry.regions)
        yield Line(
            "ML registry",
            f"{count} Premium container registries",
            count * prices.monthly["container_registry_premium"],
        )


def _runs_per_day(key: str, jobs: Mapping[str, Job], cost: Cost) -> float:
    """As settings say; else one where its own schedule is on, and one for each run of a job that runs it."""
    if key in cost.job_runs_per_day:
        return cost.job_runs_per_day[key]
    trigger = jobs[key].trigger
    own = 1 if trigger and trigger.schedule and not trigger.schedule.paused else 0
    callers = (caller for caller, job in jobs.items() for called in called_by(job).values() if called == key)
    return own + sum(_runs_per_day(caller, jobs, cost) for caller in callers)


def _databricks(settings: PlatformSettings, cost: Cost, prices: Prices) -> Iterator[Line]:
    databricks = settings.databricks
    if databricks is None:
        return
    pools = databricks.pools
    for key, pool in pools.items():
        if pool.min_idle_instances:
            yield _machines(f"pool {key}, idle", pool.node_type, pool.min_idle_instances, HOURS, prices)
    for key, job in databricks.jobs.items():
        hours = (
            _runs_per_day(key, databricks.jobs, cost)
            * DAYS
            * cost.job_minutes.get(key, job.timeout_minutes)
            / 60
        )
        if not hours:
            continue
        for cluster_key, cluster in job.clusters.items():
            size = pools[cluster.pool].node_type if cluster.pool else cluster.node_type or ""
            most = cluster.autoscale.max_workers if cluster.autoscale else cluster.workers or 0
            nodes = most + 1
            name = f"job {key}" if len(job.clusters) == 1 else f"job {key}, {cluster_key}"
            yield _machines(f"{name}, machines", size, nodes, hours, prices)
            units = prices.dbu_per_node_hour.get(size)
            yield Line(
                f"{name}, Databricks units",
                f"{nodes} nodes x {hours:g} h, jobs compute",
                None if units is None else nodes * hours * units * prices.dbu["jobs"],
            )
    for key in databricks.sql_warehouses:
        hours = cost.warehouse_hours.get(key, 0)
        if hours:
            amount = hours * prices.warehouse_dbu_hour * prices.dbu["sql"]
            yield Line(f"SQL warehouse {key}", f"{hours:g} h at its smallest", amount)


def _serving(settings: PlatformSettings, cost: Cost, prices: Prices) -> Iterator[Line]:
    if settings.serving is None:
        return
    cluster = settings.serving.cluster
    if cluster.tier != "Free":
        yield Line("AKS", f"{cluster.tier} tier", prices.monthly["kubernetes_standard_tier"])
    yield _machines("AKS system pool", cluster.system_pool.vm_size, cluster.system_pool.nodes, HOURS, prices)
    nodes = cost.scoring_nodes if cost.scoring_nodes is not None else cluster.scoring_pool.min_nodes
    yield _machines("AKS scoring pool", cluster.scoring_pool.vm_size, nodes, HOURS, prices)


def _synapse(settings: PlatformSettings, cost: Cost, prices: Prices) -> Iterator[Line]:
    for key, pool in settings.synapse.dedicated_pools.items() if settings.synapse else ():
        hours = cost.pool_hours if pool.pause else HOURS
        units = int(pool.size.removeprefix("DW").removesuffix("c")) / 100
        amount = units * hours * prices.dedicated_pool_dwu100_hour
        yield Line(f"dedicated SQL pool {key}", f"{pool.size} x {hours:g} h", amount)
