"""Which quotas nodes count to, and how many nodes each service asks for."""

from __future__ import annotations

import pytest

from azure_facts.quotas import (
    SPOT,
    TOTAL,
    DatabricksCluster,
    Nodes,
    Quota,
    databricks_cluster,
    databricks_pool,
    managed_deployment,
    most_by_quota,
    quota_key,
    sql_warehouse,
)
from azure_facts.vm_sizes import vm_sizes


def vm(name: str) -> Quota:
    """A quota of Microsoft.Compute."""
    return Quota(machine_learning=False, name=name)


def ml(name: str) -> Quota:
    """A quota of Azure ML's own."""
    return Quota(machine_learning=True, name=name)


D4 = "Standard_D4ds_v5"
DDS = vm("standardDDSv5Family")
ALL, SPOTS = vm(TOTAL), vm(SPOT)


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        (Nodes(D4, 1, 3), {DDS: 12, ALL: 12}),
        (Nodes(D4, 1, 3, spot=True), {SPOTS: 12}),
        (
            Nodes(D4, 0, 2, machine_learning=True),
            {ml("standardDDSv5Family"): 8, ml(TOTAL): 8},
        ),
        (Nodes(D4, 0, 2, machine_learning=True, spot=True), {ml(SPOT): 8}),
        # Two of four vCPUs run, and four count.
        (Nodes("Standard_E4-2ds_v5", 1, 1), {vm("standardEDSv5Family"): 4, ALL: 4}),
        (Nodes("small", 1, 1), {}),
        (Nodes(D4, 0, 0), {}),
    ],
)
def test_nodes_count_to_a_family_and_to_all_or_to_spot(nodes: Nodes, expected: dict[Quota, int]) -> None:
    assert most_by_quota([nodes]) == expected


def test_quotas_add_up() -> None:
    assert most_by_quota([Nodes(D4, 1, 3), Nodes("Standard_D8ds_v5", 1, 1)]) == {DDS: 20, ALL: 20}


@pytest.mark.parametrize(
    ("size", "instances", "counted"),
    [
        (D4, 10, 12),
        (D4, 1, 2),
        (D4, 3, 4),
        (D4, 0, 0),
        ("Standard_NC24ads_A100_v4", 10, 10),
        ("STANDARD_NC40ADS_H100_V5", 10, 10),
    ],
)
def test_a_managed_deployment_reserves_a_fifth_but_for_some_sizes(
    size: str, instances: int, counted: int
) -> None:
    assert managed_deployment(size, instances, instances).most == counted


@pytest.mark.parametrize(
    ("cluster", "expected"),
    [
        (DatabricksCluster(D4, D4, 2), {DDS: 12, ALL: 12}),
        (DatabricksCluster(D4, D4, 0), {DDS: 4, ALL: 4}),
        (DatabricksCluster(D4, D4, 2, "SPOT_AZURE"), {DDS: 4, ALL: 4, SPOTS: 8}),
        # Lost spot machines come back on demand: both quotas must hold them.
        (DatabricksCluster(D4, D4, 2, "SPOT_WITH_FALLBACK_AZURE"), {DDS: 12, ALL: 12, SPOTS: 8}),
        (DatabricksCluster(D4, D4, 2, "SPOT_AZURE", first_on_demand=2), {DDS: 8, ALL: 8, SPOTS: 4}),
        (DatabricksCluster(D4, D4, 2, "SPOT_AZURE", first_on_demand=0), {SPOTS: 12}),
        (DatabricksCluster(D4, D4, 2, "SPOT_AZURE", first_on_demand=9), {DDS: 12, ALL: 12}),
        # Machines of pools are counted with the pools.
        (DatabricksCluster("", "", 2), {}),
        (DatabricksCluster("", D4, 2), {DDS: 4, ALL: 4}),
        (DatabricksCluster(D4, "", 2), {DDS: 8, ALL: 8}),
    ],
)
def test_a_cluster_is_a_driver_and_workers(cluster: DatabricksCluster, expected: dict[Quota, int]) -> None:
    assert most_by_quota(databricks_cluster(cluster)) == expected


def test_a_pool_has_one_availability() -> None:
    assert databricks_pool(D4, 1, 6) == Nodes(D4, 1, 6)
    assert databricks_pool(D4, 1, 6, "SPOT_AZURE") == Nodes(D4, 1, 6, spot=True)
    assert databricks_pool(D4, 2, 0) == Nodes(D4, 2, 2)  # without max_capacity


@pytest.mark.parametrize(
    ("size", "clusters", "vcpus"),
    [("2X-Small", 1, 16), ("Small", 2, 2 * (16 + 4 * 8)), ("4X-Large", 1, 64 + 256 * 8), ("Huge", 1, 0)],
)
def test_a_warehouse_has_a_driver_and_workers_for_each_cluster(size: str, clusters: int, vcpus: int) -> None:
    asked = most_by_quota(sql_warehouse(size, clusters))
    assert asked.get(vm("standardEDSv4Family"), 0) == vcpus


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("StandardDDSv5Family", "standardDDSv5Family"),
        ("standardNCASv3T4Family", "Standard NCASv3_T4 Family"),
        ("Standard DDSv5 Family Cluster Dedicated vCPUs", "standardDDSv5Family"),
        ("Standard DDSv5 Family vCPUs", "standardDDSv5Family"),
        ("Standard NCASv3_T4 Family Cluster Dedicated vCPUs", "Standard NCASv3_T4 Family"),
        ("standardNDv5H100Family", "standardNDSH100v5Family"),
        ("Total Cluster Dedicated Regional vCPUs", TOTAL),
        ("Total Regional vCPUs", TOTAL),
        ("total", TOTAL),
        ("Total Cluster Low Priority Regional vCPUs", SPOT),
        ("Total Regional Spot vCPUs", SPOT),
        ("spot", SPOT),
        ("low_priority", SPOT),
    ],
)
def test_quotas_are_compared_as_every_service_writes_them(written: str, name: str) -> None:
    assert quota_key(written) == quota_key(name)


def test_different_families_stay_different() -> None:
    families = {size.family for size in vm_sizes()}
    assert len({quota_key(family) for family in families}) == len({family.lower() for family in families})


@pytest.mark.parametrize(
    ("quota", "limit"),
    [
        (DDS, 20),
        (SPOTS, 20),
        (ml("standardDDSv5Family"), 24),
        (ml(SPOT), 100),
        (ml("Standard NCASv3_T4 Family"), 0),
    ],
)
def test_a_new_subscription_has_little(quota: Quota, limit: int) -> None:
    assert quota.default_limit == limit
