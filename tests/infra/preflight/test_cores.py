"""vCPUs by quota: pools once, spot apart, drivers on demand, a reserve for managed deployments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from azure_facts.quotas import SPOT, TOTAL, most_by_quota
from infra.preflight.cores import nodes_at_most
from infra.settings.load import load_from_stack_file
from infra.settings.platform import PlatformSettings
from tests.infra.platforms import TODAY, merge_patch
from tests.reference_platform import read_stack, stack_file


def cores_of(stack: str) -> dict[tuple[bool, str], int]:
    return asked_of(load_from_stack_file(stack_file(stack), today=TODAY).settings)


def asked_of(settings: PlatformSettings) -> dict[tuple[bool, str], int]:
    asked = most_by_quota(nodes_at_most(settings))
    return {(quota.machine_learning, quota.name): most for quota, most in asked.items()}


DDS, EDS, WAREHOUSE = "standardDDSv5Family", "standardEDSv5Family", "standardEDSv4Family"


def test_dev_at_its_most() -> None:
    nodes_on_demand = (
        2 + 3 + (1 + 2) + 1
    )  # AKS' system and scoring pools; a cluster's driver and fallback workers; the one of smoke tests
    assert cores_of("dev") == {
        (False, DDS): 4 * nodes_on_demand,
        (False, WAREHOUSE): 8 * (1 + 1),
        (False, TOTAL): 4 * nodes_on_demand + 16,
        (False, SPOT): 4 * (6 + 2),  # the pool, and the cluster's workers
        (True, DDS): 4 * 4,
        (True, EDS): 4,
        (True, TOTAL): 20,
    }


def test_prod_asks_for_the_machines_that_train_every_day() -> None:
    found = cores_of("prod")
    assert found[False, DDS] >= 13 * 16
    assert (False, SPOT) not in found


@pytest.fixture
def patched(tmp_path: Any) -> Any:
    def read(patch: Mapping[str, Any]) -> dict[tuple[bool, str], int]:
        document = read_stack("dev")
        config = merge_patch(
            document["config"], {f"mlplatform:{area}": value for area, value in patch.items()}
        )
        path = tmp_path / "Pulumi.dev.yaml"
        path.write_text(yaml.safe_dump({"config": config}), encoding="utf-8")
        settings = load_from_stack_file(path, today=TODAY).settings
        return asked_of(settings)

    return read


def test_a_job_cluster_without_a_pool_counts_and_one_with_a_pool_is_the_pools(patched: Any) -> None:
    before = cores_of("dev")
    document = read_stack("dev")
    jobs = document["config"]["mlplatform:databricks"]["jobs"]
    job, cluster = next(
        (job, key) for job, given in jobs.items() for key, one in given["clusters"].items() if "pool" in one
    )
    change = {"pool": None, "node_type": "Standard_D8ds_v5", "workers": 3, "autoscale": None}
    after = patched({"databricks": {"jobs": {job: {"clusters": {cluster: change}}}}})
    assert after[False, DDS] == before[False, DDS] + 8 * 4
    assert after[False, SPOT] == before[False, SPOT]


def test_low_priority_nodes_have_a_quota_of_their_own(patched: Any) -> None:
    after = patched({"ml": {"training_clusters": {"cpu": {"priority": "LowPriority"}}}})
    assert after[True, SPOT] == 16
    assert (True, DDS) not in after


def test_a_larger_warehouse_of_two_clusters(patched: Any) -> None:
    after = patched({"databricks": {"sql_warehouses": {"analysis": {"size": "Small", "max_clusters": 2}}}})
    assert after[False, WAREHOUSE] == 2 * (16 + 4 * 8)
    after = patched({"databricks": {"sql_warehouses": {"analysis": {"serverless": True}}}})
    assert (False, WAREHOUSE) not in after
