"""The retirement table: what it covers, what it leaves alone, and both sides of each date."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from azure_facts.retirement_tables.spark import RUNTIME_PATHS, newest_spark
from azure_facts.retirements import (
    RETIREMENTS,
    RetirementKind,
    RetirementState,
    find_retirements,
    retirement_of,
)

TODAY = date(2026, 11, 21)


def found(kind: RetirementKind, value: str, today: date = TODAY) -> list[tuple[str, str]]:
    return [
        (finding.state.value, finding.retirement.retires.isoformat())
        for finding in find_retirements(kind, value, today)
    ]


@pytest.mark.parametrize(
    "size",
    [
        "Standard_D4ds_v5",
        "Standard_D16ds_v5",
        "Standard_E8ds_v5",
        "Standard_L16s_v3",
        "Standard_L8as_v3",
        "Standard_D4s_v5",
        "Standard_D8ads_v5",
        "Standard_F4as_v6",
        "Standard_FX12mds",
        "Standard_B2s_v2",
        "Standard_B2ats_v2",
        "Standard_NC4as_T4_v3",
        "Standard_NC24ads_A100_v4",
        "Standard_NC40ads_H100_v5",
        "Standard_NV6ads_A10_v5",
        "Standard_ND96asr_v4",
        "Standard_HB120rs_v3",
        "Standard_M128s",
    ],
)
def test_sizes_without_a_date(size: str) -> None:
    assert found(RetirementKind.VM_SIZE, size) == []


@pytest.mark.parametrize(
    ("size", "state", "retires"),
    [
        ("Standard_DS3_v2", "coming", "2028-05-01"),
        ("Standard_D3_v2", "coming", "2028-05-01"),
        ("Standard_D4", "coming", "2028-05-01"),
        ("Standard_DS13-4_v2", "coming", "2028-05-01"),
        ("Standard_D2_v2_Promo", "coming", "2028-05-01"),
        ("Standard_L16s", "coming", "2028-05-01"),
        ("Standard_L16s_v2", "coming", "2028-11-15"),
        ("Standard_F4s_v2", "coming", "2028-11-15"),
        ("Standard_F8s", "coming", "2028-11-15"),
        ("Standard_F2", "coming", "2028-11-15"),
        ("Standard_B4ms", "coming", "2028-11-15"),
        ("Standard_B2s", "coming", "2028-11-15"),
        ("Standard_B1ls", "coming", "2028-11-15"),
        ("Standard_A2m_v2", "coming", "2028-11-15"),
        ("Standard_GS5-16", "coming", "2028-11-15"),
        ("Standard_M192idms_v2", "coming", "2027-03-31"),
        ("Standard_M192is_v2", "coming", "2027-03-31"),
        ("Standard_A2", "past", "2024-08-31"),
        ("Standard_NC6", "past", "2023-09-06"),
        ("Standard_NC24rs_v2", "past", "2023-09-06"),
        ("Standard_NC6s_v3", "past", "2025-09-30"),
        ("Standard_NC24rs_v3", "past", "2025-03-31"),
        ("Standard_NV12s_v3", "past", "2026-09-30"),
        ("Standard_NV8as_v4", "past", "2026-09-30"),
        ("Standard_NV6", "past", "2023-09-06"),
        ("Standard_DC4s_v2", "past", "2026-06-30"),
        ("Standard_DC4s_v3", "coming", "2029-10-31"),
        ("Standard_DC4ads_cc_v5", "past", "2026-09-01"),
        ("Standard_D4s_v3", "coming", "2029-11-15"),
        ("Standard_D2_v3", "coming", "2029-11-15"),
        ("Standard_E64is_v3", "coming", "2029-11-15"),
        ("Standard_E8-4s_v3", "coming", "2029-11-15"),
        ("Standard_HB60rs", "past", "2024-08-31"),
        ("Standard_H16mr_Promo", "past", "2022-08-31"),
        ("Standard_HC44-16rs", "coming", "2027-05-31"),
        ("Standard_HB120rs_v2", "coming", "2027-05-31"),
        ("Standard_NP10s", "coming", "2027-05-31"),
        ("standard_ds3_V2", "coming", "2028-05-01"),
    ],
)
def test_sizes_with_a_date(size: str, state: str, retires: str) -> None:
    assert found(RetirementKind.VM_SIZE, size) == [(state, retires)]


@pytest.mark.parametrize(
    ("runtime", "expected"),
    [
        ("6.4.x-scala2.11", [("past", "2021-09-30")]),
        ("5.5.x-cpu-ml-scala2.11", [("past", "2021-09-30")]),
        ("apache-spark-2.4.x-scala2.11", [("past", "2021-09-30")]),
        ("7.3.x-scala2.12", [("past", "2023-09-24")]),
        ("9.1.x-scala2.12", [("past", "2024-09-23")]),
        ("10.4.x-scala2.12", [("past", "2025-03-18")]),
        ("11.3.x-gpu-ml-scala2.12", [("past", "2025-10-19")]),
        ("12.2.x-cpu-ml-scala2.12", [("past", "2026-03-01")]),
        ("13.3.x-photon-scala2.12", [("past", "2026-08-22")]),
        ("14.3.x-scala2.12", [("coming", "2027-02-01")]),
        ("15.4.x-cpu-ml-scala2.12", [("coming", "2027-08-19")]),
        ("14.1.x-scala2.12", [("past", "2026-03-26")]),
        ("16.2.x-scala2.12", [("past", "2026-03-26")]),
        ("17.2.x-scala2.13", [("past", "2026-03-26")]),
        ("16.4.x-cpu-ml-scala2.12", []),
        ("16.4.x-scala2.13", []),
        ("17.3.x-scala2.13", []),
        ("18.0.x-scala2.13", []),
        ("19.x-scala2.13", []),
    ],
)
def test_databricks_runtimes(runtime: str, expected: list[tuple[str, str]]) -> None:
    assert found(RetirementKind.DATABRICKS_RUNTIME, runtime) == expected


def test_a_long_term_runtime_is_warned_in_its_last_year_only() -> None:
    runtime = "17.3.x-cpu-ml-scala2.13"
    assert found(RetirementKind.DATABRICKS_RUNTIME, runtime, date(2027, 10, 21)) == []
    coming = [("coming", "2028-10-22")]
    assert found(RetirementKind.DATABRICKS_RUNTIME, runtime, date(2027, 10, 22)) == coming
    assert found(RetirementKind.DATABRICKS_RUNTIME, runtime, date(2028, 10, 22)) == [("past", "2028-10-22")]


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("Microsoft.KeyVault/vaults@2024-11-01", [("coming", "2027-02-27")]),
        ("Microsoft.KeyVault/vaults/keys@2019-09-01", [("coming", "2027-02-27")]),
        ("Microsoft.KeyVault/vaults@2026-01-15-preview", [("coming", "2027-02-27")]),
        ("Microsoft.KeyVault/vaults@2026-02-01", []),
        ("Microsoft.Storage/storageAccounts@2024-01-01", []),
        ("Microsoft.ContainerRegistry/registries@2017-03-01", [("past", "2026-09-30")]),
    ],
)
def test_api_versions(version: str, expected: list[tuple[str, str]]) -> None:
    assert found(RetirementKind.API_VERSION, version) == expected


@pytest.mark.parametrize(
    ("feature", "expected"),
    [
        ("databricks:Workspace:sku.name=standard", [("past", "2026-10-01")]),
        ("databricks:Workspace:sku.name=premium", []),
        (
            "machinelearningservices:Compute:properties.properties.vmPriority=LowPriority",
            [("past", "2026-03-31")],
        ),
        ("containerservice:ManagedCluster:networkProfile.networkPlugin=kubenet", [("coming", "2028-03-31")]),
        ("containerservice:ManagedCluster:networkProfile.networkPlugin=azure", []),
        ("containerservice:ManagedCluster:networkProfile.loadBalancerSku=basic", [("past", "2025-09-30")]),
        ("containerservice:AgentPool:osSKU=Windows2022", [("coming", "2027-03-15")]),
        ("storage:StorageAccount:kind=Storage", [("past", "2026-09-01")]),
        ("storage:StorageAccount:kind=StorageV2", []),
        ("storage:StorageAccount:minimumTlsVersion=TLS1_0", [("past", "2026-02-03")]),
        ("storage:StorageAccount:minimumTlsVersion=TLS1_2", []),
        ("applicationinsights:Component:ingestionMode=ApplicationInsights", [("past", "2024-02-29")]),
        ("synapse:BigDataPool:sparkVersion=3.2", [("past", "2024-07-08")]),
        ("synapse:BigDataPool:sparkVersion=3.4", [("past", "2026-03-31")]),
        ("synapse:BigDataPool:sparkVersion=3.5", []),
        (f"machinelearningservices:Schedule:{RUNTIME_PATHS[0]}=3.3", [("past", "2025-03-31")]),
        (f"machinelearningservices:Schedule:{RUNTIME_PATHS[1]}=3.4", [("past", "2026-03-31")]),
        # Azure still takes it: only the default of new networks has changed.
        ("network:Subnet:defaultOutboundAccess=true", []),
    ],
)
def test_features(feature: str, expected: list[tuple[str, str]]) -> None:
    assert found(RetirementKind.FEATURE, feature) == expected


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        ("Microsoft.DataLakeStore/accounts", [("past", "2024-02-29")]),
        ("Microsoft.Synapse/workspaces/kustoPools", [("past", "2025-10-07")]),
        ("Microsoft.Synapse/workspaces", []),
        ("Microsoft.MachineLearningServices/workspaces/labelingJobs", [("past", "2026-09-30")]),
        ("Microsoft.MachineLearningServices/workspaces/jobs", []),
    ],
)
def test_services(service: str, expected: list[tuple[str, str]]) -> None:
    assert found(RetirementKind.SERVICE, service) == expected


def test_a_value_of_one_kind_is_not_looked_up_in_another() -> None:
    assert found(RetirementKind.FEATURE, "Standard_DS3_v2") == []


def test_both_sides_of_the_date() -> None:
    (before,) = find_retirements(RetirementKind.VM_SIZE, "Standard_DS3_v2", date(2028, 4, 30))
    (on,) = find_retirements(RetirementKind.VM_SIZE, "Standard_DS3_v2", date(2028, 5, 1))
    assert (before.state, before.is_past) == (RetirementState.COMING, False)
    assert (on.state, on.is_past) == (RetirementState.PAST, True)
    assert re.fullmatch(
        r"'Standard_DS3_v2' retires on 2028-05-01 \(D, Ds, Dv2 and Dsv2 series\): use Ddsv5, "
        r".*\[Azure/EOL .*\]",
        before.message,
    )
    assert "was retired on 2028-05-01" in on.message


def test_the_first_retirement_of_a_value_needs_no_day() -> None:
    found = retirement_of(RetirementKind.VM_SIZE, "Standard_NC6")
    assert found is not None
    assert found.retires == date(2023, 9, 6)
    assert retirement_of(RetirementKind.VM_SIZE, "Standard_D4ds_v5") is None


def test_every_row_says_what_instead_and_by_whose_word() -> None:
    for row in RETIREMENTS:
        assert all((row.what, row.instead, row.source.page))
        re.compile(row.pattern)
        if row.warn_from is not None:
            assert timedelta(0) < row.retires - row.warn_from <= timedelta(days=366)


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2026, 3, 30), "3.5"),
        (date(2028, 10, 30), "3.5"),
        (date(2028, 10, 31), None),
    ],
)
def test_the_newest_spark_is_one_in_support(day: date, version: str | None) -> None:
    assert newest_spark(day) == version
