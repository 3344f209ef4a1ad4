"""What VM sizes are: every kind of name, the quota that they count to, and what retires."""

from __future__ import annotations

import datetime
import re

import pytest

from azure_facts.vm_sizes import has_gpu, is_accelerated, vm_size, vm_sizes


@pytest.mark.parametrize(
    ("name", "vcpus", "family"),
    [
        ("Standard_D4_v5", 4, "standardDv5Family"),
        ("Standard_E8_v3", 8, "standardEv3Family"),
        ("Standard_DS3_v2", 4, "standardDSv2Family"),
        ("Standard_D14", 16, "standardDFamily"),
        ("Standard_D1", 1, "standardDFamily"),
        ("Standard_D5_v2", 16, "standardDv2Family"),
        ("Standard_D4s_v3", 4, "standardDSv3Family"),
        ("Standard_D4ds_v5", 4, "standardDDSv5Family"),
        ("Standard_D4as_v5", 4, "standardDASv5Family"),
        ("Standard_D4ads_v5", 4, "standardDADSv5Family"),
        ("Standard_D16pds_v5", 16, "standardDPDSv5Family"),
        ("Standard_D4ads_v6", 4, "standardDadv6Family"),
        ("Standard_D4ds_v6", 4, "StandardDdsv6Family"),
        ("Standard_D4s_v7", 4, "StandardDsv7Family"),
        ("Standard_E8ads_v7", 8, "StandardEadsv7Family"),
        ("Standard_E104i_v5", 104, "standardEIv5Family"),
        ("Standard_E96ias_v4", 96, "standardEIASv4Family"),
        ("Standard_F8s_v2", 8, "standardFSv2Family"),
        ("Standard_FX12mds", 12, "standardFXMDVSFamily"),
        ("Standard_L8s_v2", 8, "standardLSv2Family"),
        ("Standard_L8s_v3", 8, "standardLSv3Family"),
        ("Standard_B2ms", 2, "standardBSFamily"),
        ("Standard_B2s_v2", 2, "standardBsv2Family"),
        ("Standard_A2_v2", 2, "standardAv2Family"),
        ("Standard_A1", 1, "standardA0_A7Family"),
        ("Basic_A1", 1, "basicAFamily"),
        ("Standard_DC4s_v3", 4, "standardDCSv3Family"),
        ("Standard_DC4as_v5", 4, "standardDCASv5Family"),
        ("Standard_M128s", 128, "standardMSFamily"),
        ("Standard_NC6", 6, "standardNCFamily"),
        ("Standard_NC6s_v2", 6, "standardNCSv2Family"),
        ("Standard_NC6s_v3", 6, "standardNCSv3Family"),
        ("Standard_NV6", 6, "standardNVFamily"),
        ("Standard_NC4as_T4_v3", 4, "Standard NCASv3_T4 Family"),
        ("Standard_NC24ads_A100_v4", 24, "StandardNCADSA100v4Family"),
        ("Standard_ND96amsr_A100_v4", 96, "Standard NDAMSv4_A100Family"),
        ("Standard_H16r", 16, "standardHFamily"),
        ("Standard_HB60rs", 60, "standardHBSFamily"),
        ("Standard_HB120rs_v3", 120, "standardHBv3Family"),
        ("Standard_HC44rs", 44, "standardHCSFamily"),
        ("standard_ds3_V2", 4, "standardDSv2Family"),
    ],
)
def test_a_size_has_vcpus_and_a_family(name: str, vcpus: int, family: str) -> None:
    size = vm_size(name)
    assert size is not None
    assert (size.vcpus, size.quota_vcpus, size.family) == (vcpus, vcpus, family)


@pytest.mark.parametrize(
    ("name", "active", "counted", "family"),
    [
        ("Standard_E4-2ds_v5", 2, 4, "standardEDSv5Family"),
        ("Standard_DS12-1_v2", 1, 4, "standardDSv2Family"),
        ("Standard_M128-32ms", 32, 128, "standardMSFamily"),
        ("Standard_HB120-16rs_v3", 16, 120, "standardHBv3Family"),
    ],
)
def test_constrained_vcpus_count_to_the_quota_in_full(
    name: str, active: int, counted: int, family: str
) -> None:
    size = vm_size(name)
    assert size is not None
    assert (size.vcpus, size.quota_vcpus, size.family) == (active, counted, family)


@pytest.mark.parametrize("name", ["small", "Standard_D5_v5", "D4ds_v5", ""])
def test_what_is_no_size(name: str) -> None:
    assert vm_size(name) is None


@pytest.mark.parametrize(
    ("name", "memory", "disk"),
    [
        ("Standard_D4ds_v5", 16, 150),
        ("Standard_D2ds_v5", 8, 75),
        ("Standard_D4lds_v5", 8, 150),
        ("Standard_E16ds_v5", 128, 600),
        ("Standard_E4-2ds_v5", 32, 150),
        ("Standard_E8-4ads_v5", 64, 300),
        ("Standard_D4s_v5", 16, 0),
        ("Standard_E104is_v5", 672, 0),
        ("Standard_D4as_v4", 16, None),  # 32 beside a cache of 100
        ("Standard_E16as_v4", 128, None),
        ("Standard_F8s_v2", 16, None),
        ("Standard_D8ds_v6", 32, None),
        ("Standard_L8s_v3", 64, None),
        ("Standard_DS3_v2", 14, None),
        ("Standard_DS1_v2", None, None),  # 3.5, of which the recorded list says 3
    ],
)
def test_memory_and_temporary_disk(name: str, memory: float | None, disk: float | None) -> None:
    size = vm_size(name)
    assert size is not None
    assert (size.memory_gib, size.local_disk_gib) == (memory, disk)


@pytest.mark.parametrize(
    ("name", "day", "page"),
    [
        ("Standard_NC6", datetime.date(2023, 9, 6), "retired-sizes-list"),
        ("Standard_NV6", datetime.date(2023, 9, 6), "nv-series-retirement"),
        ("Standard_NC6s_v2", datetime.date(2023, 9, 6), "retired-sizes-list"),
        ("Standard_NC6s_v3", datetime.date(2025, 9, 30), "service_list.json"),
        ("Standard_HB60rs", datetime.date(2024, 8, 31), "service_list.json"),
        ("Standard_H16r", datetime.date(2022, 8, 31), "h-series-retirement"),
        ("Standard_E8_v3", datetime.date(2029, 11, 15), "retirements-and-capacity-restrictions"),
        ("Standard_HC44rs", datetime.date(2027, 5, 31), "retirements-and-capacity-restrictions"),
    ],
)
def test_a_size_says_when_it_stops_and_by_whose_word(name: str, day: datetime.date, page: str) -> None:
    size = vm_size(name)
    assert size is not None
    assert size.retirement is not None
    assert size.retirement.retires == day
    assert page in str(size.retirement.source)


@pytest.mark.parametrize("name", ["Standard_D4ds_v5", "Standard_NC4as_T4_v3", "Standard_D4s_v7"])
def test_a_size_that_stays(name: str) -> None:
    size = vm_size(name)
    assert size is not None
    assert size.retirement is None


def test_every_row_of_the_table_makes_sense() -> None:
    sizes = vm_sizes()
    assert len({size.name.lower() for size in sizes}) == len(sizes) > 1500
    for size in sizes:
        assert 1 <= size.vcpus <= size.quota_vcpus, size
        assert size.memory_gib is None or size.memory_gib > 0, size
        assert re.fullmatch(r"(standard|basic|Standard)[ A-Za-z0-9_]+Family", size.family), size
        assert size.source.page


def test_from_version_3_on_a_name_says_its_vcpus() -> None:
    """learn.microsoft.com virtual-machines/vm-naming-conventions. Constrained sizes may be cut from a larger one:
    `az vm list-skus` gives Standard_F64-16ams_v7 80 vCPUs."""
    for size in vm_sizes():
        said = re.fullmatch(r"Standard_[A-Z]+(\d+)[a-z]*(?:_[A-Z0-9]+)*_v[3-9]", size.name)
        if said:
            assert size.quota_vcpus == int(said[1]), size


def test_sizes_with_gpus_and_other_accelerators() -> None:
    names = ("Standard_NC24ads_A100_v4", "Standard_NP10s", "Standard_D4ds_v5", "standardNPSFamily")
    assert [is_accelerated(name) for name in names] == [True, True, False, True]
    assert [has_gpu(name) for name in names] == [True, False, False, False]
    assert is_accelerated("Standard NCASv3_T4 Family")
