"""Sizes that managed online endpoints run on."""

from __future__ import annotations

import pytest

from azure_facts.managed_endpoints import EXAMPLE_SIZE, runs_managed_endpoints, skips_upgrade_reserve
from azure_facts.vm_sizes import vm_size


@pytest.mark.parametrize(
    "size", ["Standard_D4as_v4", "STANDARD_DS3_V2", "standard_nv6ads_a10_v5", EXAMPLE_SIZE]
)
def test_sizes_of_the_list_are_taken_in_any_case(size: str) -> None:
    assert runs_managed_endpoints(size)


@pytest.mark.parametrize("size", ["Standard_B2s", "Standard_D4as_v5", "Standard_D4ds_v5", "small"])
def test_other_sizes_are_not(size: str) -> None:
    assert not runs_managed_endpoints(size)


def test_the_example_is_a_size_whose_cores_are_known() -> None:
    assert vm_size(EXAMPLE_SIZE) is not None


def test_the_newest_accelerators_need_no_reserve_for_upgrades() -> None:
    assert skips_upgrade_reserve("Standard_NC40ads_H100_v5")
    assert not skips_upgrade_reserve("Standard_DS3_v2")
