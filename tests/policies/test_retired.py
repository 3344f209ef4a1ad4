"""Retired sizes, runtimes and features are found where a resource's inputs hold them, on the stack's day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest

from policies.frame.evaluation import judged
from policies.frame.judged import About
from policies.frame.retired import retired_values

K8S = "azure-native:containerservice:ManagedCluster"


@pytest.mark.parametrize(
    ("type_", "props", "at", "what"),
    [
        (
            "azure-native:databricks:Workspace",
            {"sku": {"name": "standard"}},
            "sku.name",
            "was retired on 2026-10-01",
        ),
        (
            K8S,
            {"networkProfile": {"networkPlugin": "kubenet"}},
            "networkProfile.networkPlugin",
            "retires on 2028-03-31",
        ),
        (
            K8S,
            {"agentPoolProfiles": [{"osSKU": "Windows2019"}]},
            "agentPoolProfiles[0].osSKU",
            "was retired on 2026-03-01",
        ),
        (
            "databricks:index/job:Job",
            {"jobClusters": [{"newCluster": {"sparkVersion": "10.4.x-scala2.12"}}]},
            "jobClusters[0].newCluster.sparkVersion",
            "was retired on 2025-03-18",
        ),
        (
            "azure-native:machinelearningservices:Compute",
            {"properties": {"properties": {"vmPriority": "LowPriority"}}},
            "properties.properties.vmPriority",
            "was retired on 2026-03-31",
        ),
    ],
)
def test_what_retired_is_found_where_it_stands(
    type_: str, props: Mapping[str, object], at: str, what: str
) -> None:
    about = About("prod", "prod", datetime.date(2026, 11, 21))
    [(path, finding)] = retired_values(judged(type_, props, about))
    assert path == at
    assert what in finding.message


@pytest.mark.parametrize(
    ("type_", "found"),
    [
        ("azure-native:synapse:BigDataPool", []),
        ("databricks:index/cluster:Cluster", ["sparkVersion"]),
    ],
)
def test_a_spark_version_is_a_runtime_of_databricks_with_databricks_only(
    type_: str, found: list[str]
) -> None:
    """3.5 of Synapse is in support; 3.5 of Databricks was retired in 2021."""
    about = About("dev", "nonprod", datetime.date(2026, 11, 21))
    past = [
        path
        for path, finding in retired_values(judged(type_, {"sparkVersion": "3.5"}, about))
        if finding.is_past
    ]
    assert past == found


def test_the_day_decides() -> None:
    early = About("prod", "prod", datetime.date(2025, 1, 1))
    [(_, finding)] = retired_values(
        judged("azure-native:databricks:Workspace", {"sku": {"name": "standard"}}, early)
    )
    assert not finding.is_past
