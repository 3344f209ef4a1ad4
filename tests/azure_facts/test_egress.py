"""What services call on the internet."""

from __future__ import annotations

import pytest

from azure_facts.egress import NEEDS, EgressService, TargetKind, databricks_hosts
from azure_facts.regions import REGIONS


def test_every_service_has_its_needs_told_apart() -> None:
    assert set(NEEDS) == set(EgressService)
    for service, needs in NEEDS.items():
        keys = [need.key for need in needs]
        assert len(keys) == len(set(keys)), service
        assert all(need.source.page and need.targets and need.why for need in needs)


def test_a_region_is_put_into_the_targets() -> None:
    (configuration, _) = NEEDS[EgressService.CLUSTER_EXTENSIONS]
    assert configuration.targets_in("westeurope")[0] == "westeurope.dp.kubernetesconfiguration.azure.com"


def test_service_tags_are_left_for_what_carries_no_name() -> None:
    by_tag = {need.port for needs in NEEDS.values() for need in needs if need.kind is TargetKind.SERVICE_TAG}
    assert by_tag == {3306, 9093}


def test_nothing_is_everything() -> None:
    targets = {target for needs in NEEDS.values() for need in needs for target in need.targets}
    assert not targets & {"*", "*.com", "*.net", "*.windows.net", "Internet", "AzureCloud", "Storage"}


@pytest.mark.parametrize("region", sorted(REGIONS))
def test_hosts_of_databricks_are_storage_and_nothing_else(region: str) -> None:
    hosts = databricks_hosts(region)
    assert hosts is None or all(
        host.endswith((".blob.core.windows.net", ".dfs.core.windows.net")) for host in hosts
    )


def test_a_region_that_is_not_in_the_table_is_unknown() -> None:
    assert databricks_hosts("northeurope") is None
    assert "dblogprodwesteurope.blob.core.windows.net" in (databricks_hosts("westeurope") or ())
