"""What the sheet counts as 0, and that everything that costs has a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from infra.cost.databricks import job_hours
from infra.cost.prices import load_prices
from infra.cost.sheet import cost_sheet
from infra.settings.platform import PlatformSettings
from infra.settings.serving_endpoints import RunsOn
from tests.infra.stack_settings import patched_settings, settings_of

PRICES = load_prices()


HOURS_LEFT_OUT = {
    "cost": None,
    "ml": {"training_clusters": {"gpu": {"vm_size": "Standard_NC4as_T4_v3", "gpu": True, "max_nodes": 2}}},
    "databricks": {
        "serving_endpoints": None,
        "pools": {"training": {"min_idle_instances": 0}},
    },
}


def test_what_runs_for_as_long_as_nobody_said_is_counted_as_0_and_says_which_setting_tells() -> None:
    sheet = cost_sheet(patched_settings(HOURS_LEFT_OUT), PRICES)
    assert {line.item: line.assumed for line in sheet.lines if line.assumed} == {
        "training cluster cpu": "cost.training_cluster_hours.cpu",
        "training cluster gpu": "cost.training_cluster_hours.gpu",
        "job make-tables": "cost.job_runs_per_day.make-tables",
        "job score-batch": "cost.job_runs_per_day.score-batch",
        "job set-aside": "cost.job_runs_per_day.set-aside",
        "job train-many-models": "cost.job_runs_per_day.train-many-models",
        "cluster preparation": "cost.cluster_hours.preparation",
        "cluster smoke-tests": "cost.cluster_hours.smoke-tests",
        "SQL warehouse analysis": "cost.warehouse_hours.analysis",
    }
    (gpu,) = [line for line in sheet.lines if line.item == "training cluster gpu"]
    text = sheet.render("test", 4000)
    assert "; 9 counted as 0 (" in text.splitlines()[0]
    assert f"{gpu.how}, counted as 0: set cost.training_cluster_hours.gpu" in text


def test_a_gpu_cluster_has_its_price() -> None:
    patch = {**HOURS_LEFT_OUT, "cost": {"training_cluster_hours": {"gpu": 10}}}
    (line,) = [
        line
        for line in cost_sheet(patched_settings(patch), PRICES).lines
        if line.item == "training cluster gpu"
    ]
    assert line.amount == pytest.approx(2 * 10 * 0.658)


def test_a_continuous_job_runs_all_month() -> None:
    job = {
        "trigger": {"schedule": None, "continuous": {}},
        "tasks": {"set-aside": {"max_retries": 0}},
    }
    assert runs_all_month(job) == 730
    assert runs_all_month({**job, "trigger": {"schedule": None, "continuous": {"paused": True}}}) == 0


def runs_all_month(job: Mapping[str, Any]) -> float:
    """Hours that the sheet counts of the one job of dev that has one task."""
    patch = {"databricks": {"jobs": {"set-aside": job}}}
    settings = patched_settings(patch)
    assert settings.databricks is not None
    hours = job_hours("set-aside", settings.databricks, settings.cost)
    assert hours is not None
    return hours


@pytest.mark.parametrize("name", ["dev", "prod", "ml-max", "databricks-max", "data-max", "managed-only"])
def test_every_priced_kind_has_a_line(name: str) -> None:
    """A cluster, job, pool, warehouse, endpoint or app that no line names would cost nothing in silence."""
    settings = settings_of(name)
    told = " | ".join(line.item for line in cost_sheet(settings, PRICES).lines)
    assert [item for item in priced_items(settings) if item not in told] == []


def priced_items(settings: PlatformSettings) -> list[str]:
    ml, databricks, serving, synapse, apps = (
        settings.ml,
        settings.databricks,
        settings.serving,
        settings.synapse,
        settings.apps,
    )
    found: list[str] = []
    if ml:
        found += [f"compute instance {key}" for key in ml.compute_instances]
        found += [f"training cluster {key}" for key in ml.training_clusters]
    if databricks:
        found += [f"pool {key}" for key in databricks.pools]
        found += [f"job {key}" for key, job in databricks.jobs.items() if job.clusters]
        found += [f"cluster {key}" for key in databricks.clusters]
        found += [f"SQL warehouse {key}" for key in databricks.sql_warehouses]
        found += [f"model serving {key}" for key in databricks.serving_endpoints]
    if serving:
        found += [f"AKS {key} pool" for key in (serving.cluster.pools if serving.cluster else ())]
        found += [
            f"endpoint {key}" for key, one in serving.endpoints.items() if one.runs_on is RunsOn.MANAGED
        ]
        found += [f"container {key}" for key in serving.container_groups]
    if synapse:
        found += [f"dedicated SQL pool {key}" for key in synapse.dedicated_pools]
        found += [f"Spark pool {key}" for key in synapse.spark_pools]
    if apps:
        found += [f"app {key}" for key in apps.apps] + [f"AI service {key}" for key in apps.ai_services]
    return found
