"""Clusters that a policy's limit of Databricks units would shut out."""

from __future__ import annotations

from typing import Any

import pytest

from infra.cost.cluster_units import clusters_above_their_policy
from infra.cost.prices import load_prices
from infra.cost.sheet import monthly_cost
from tests.infra.stack_settings import patched_settings, settings_of

PRICES = load_prices()
LARGER = {"databricks": {"clusters": {"preparation": {"node_type": "Standard_D16ds_v5"}}}}
ACTIVITIES = {"runtime": "16.4.x-cpu-ml-scala2.12", "pool": "training", "policy": "training", "workers": 2}


def warned(patch: dict[str, Any]) -> list[str]:
    return list(clusters_above_their_policy(patched_settings(patch), PRICES))


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_the_clusters_of_the_reference_stacks_keep_to_their_limits(stack: str) -> None:
    assert list(clusters_above_their_policy(settings_of(stack), PRICES)) == []


def test_a_cluster_above_its_limit_is_told_with_its_driver() -> None:

    (warning,) = warned(LARGER)
    assert warning == (
        "mlplatform:databricks.clusters.preparation: 3 x Standard_D16ds_v5 take about 12 Databricks units an hour "
        "(infra/cost/prices.yaml), and the policy 'data-engineer' allows 10, above which Databricks refuses a cluster; "
        "make it smaller, or allow more"
    )
    assert warning in monthly_cost(patched_settings(LARGER)).warnings


def test_clusters_of_jobs_and_of_the_data_factory_count_by_their_pool() -> None:
    found = warned(
        {
            "databricks": {"cluster_policies": {"training": {"max_dbu_per_hour": 2}}},
            "data_factory": {"activity_cluster": ACTIVITIES},
        }
    )
    assert [warning.partition(": ")[0] for warning in found] == [
        "mlplatform:databricks.jobs.make-tables.clusters.main",
        "mlplatform:databricks.jobs.score-batch.clusters.main",
        "mlplatform:databricks.jobs.train-many-models.clusters.main",
        "mlplatform:data_factory.activity_cluster",
    ]


def test_a_size_whose_units_nobody_gave_is_not_judged() -> None:
    prices = PRICES.model_copy(update={"lists": {}})
    assert list(clusters_above_their_policy(patched_settings(LARGER), prices)) == []
