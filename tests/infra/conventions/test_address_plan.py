"""The address plan, exact."""

from __future__ import annotations

import ipaddress
from itertools import combinations

import pytest

from infra.conventions.address_plan import AddressPlanError, SubnetPurpose, plan_addresses, plan_firewall


def test_the_plan_of_a_twenty() -> None:
    assert plan_addresses("10.40.0.0/20", {}) == {
        "databricks-host": "10.40.0.0/23",
        "databricks-container": "10.40.2.0/23",
        "container-apps": "10.40.4.0/23",
        "kubernetes": "10.40.6.0/24",
        "ml-compute": "10.40.7.0/24",
        "private-endpoints": "10.40.8.0/24",
    }


def test_the_plan_of_the_narrowest_space() -> None:
    assert plan_addresses("192.168.4.0/22", {}) == {
        "databricks-host": "192.168.4.0/25",
        "databricks-container": "192.168.4.128/25",
        "container-apps": "192.168.5.0/25",
        "kubernetes": "192.168.5.128/26",
        "ml-compute": "192.168.5.192/26",
        "private-endpoints": "192.168.6.0/26",
    }


@pytest.mark.parametrize("prefix", range(8, 23))
def test_every_width_is_disjoint_and_inside(prefix: int) -> None:
    space = ipaddress.IPv4Network(f"10.0.0.0/{prefix}")
    plan = [ipaddress.IPv4Network(text) for text in plan_addresses(str(space), {}).values()]
    assert len(plan) == len(SubnetPurpose)
    assert all(subnet.subnet_of(space) for subnet in plan)
    assert not any(left.overlaps(right) for left, right in combinations(plan, 2))
    assert sum(subnet.num_addresses for subnet in plan) * 16 == space.num_addresses * 9


def test_one_range_can_be_chosen() -> None:
    plan = plan_addresses("10.40.0.0/20", {SubnetPurpose.KUBERNETES: "10.40.12.0/22"})
    assert plan[SubnetPurpose.KUBERNETES] == "10.40.12.0/22"
    assert plan[SubnetPurpose.ML_COMPUTE] == "10.40.7.0/24"


@pytest.mark.parametrize(
    ("space", "overrides", "key", "message"),
    [
        ("10.40.0.0/23", {}, "address_space", "10.40.0.0/23 is a /23; give a /8 to /22"),
        (
            "10.40.0.0/20",
            {SubnetPurpose.KUBERNETES: "10.40.0.0/24"},
            "subnets.kubernetes",
            "10.40.0.0/24 overlaps with 10.40.0.0/23 of databricks-host",
        ),
        (
            "10.40.0.0/20",
            {SubnetPurpose.KUBERNETES: "10.41.0.0/24"},
            "subnets.kubernetes",
            "10.41.0.0/24 is not in the address space 10.40.0.0/20",
        ),
        (
            "10.40.0.0/20",
            {SubnetPurpose.DATABRICKS_HOST: "10.40.15.0/27"},
            "subnets.databricks-host",
            "10.40.15.0/27 is too small; give a /26 or wider",
        ),
    ],
)
def test_an_impossible_plan_names_its_setting(
    space: str, overrides: dict[SubnetPurpose, str], key: str, message: str
) -> None:
    with pytest.raises(AddressPlanError, match=message) as caught:
        plan_addresses(space, overrides)
    assert caught.value.key == key


@pytest.mark.parametrize("prefix", range(8, 23))
def test_a_firewall_fits_behind_the_other_subnets(prefix: int) -> None:
    space = ipaddress.IPv4Network(f"10.0.0.0/{prefix}")
    firewall = ipaddress.IPv4Network(plan_firewall(str(space), {}, None))
    assert firewall.subnet_of(space)
    assert firewall.prefixlen <= 26
    assert not any(
        ipaddress.IPv4Network(text).overlaps(firewall) for text in plan_addresses(str(space), {}).values()
    )


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("10.41.0.0/26", "is not in the address space"),
        ("10.40.15.0/27", "is too small; give a /26 or wider"),
        ("10.40.0.0/26", "overlaps with 10.40.0.0/23 of databricks-host"),
    ],
)
def test_a_range_of_the_firewall_that_cannot_be(override: str, message: str) -> None:
    with pytest.raises(AddressPlanError, match=message) as error:
        plan_firewall("10.40.0.0/20", {}, override)
    assert error.value.key == "firewall.subnet"
