"""A quota of 0 stops every size of the table, however the services write the quota's name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from azure_facts.quotas import Nodes, most_by_quota, quota_key
from azure_facts.vm_sizes import vm_sizes
from infra.preflight.finding import Verdict
from infra.preflight.quotas import judge
from tests.infra.preflight.ready_subscription import SETTINGS


def as_listed_by_compute(family: str) -> str:
    return family


def in_another_case(family: str) -> str:
    return f"Standard{family.removeprefix('standard').removeprefix('Standard')}"


def as_listed_by_azure_ml(family: str) -> str:
    """`Standard DDSv5 Family Cluster Dedicated vCPUs`."""
    bare = family.removesuffix("Family").removeprefix("standard").removeprefix("Standard").strip()
    return f"Standard {bare} Family Cluster Dedicated vCPUs"


@pytest.mark.parametrize(
    ("machine_learning", "listed"),
    [
        (False, as_listed_by_compute),
        (False, in_another_case),
        (True, as_listed_by_compute),
        (True, as_listed_by_azure_ml),
    ],
)
def test_a_limit_of_0_stops_every_size(*, machine_learning: bool, listed: Callable[[str], str]) -> None:
    for size in vm_sizes():
        if size.family == "basicAFamily" and listed is not as_listed_by_compute:
            continue  # not a Standard family, and Azure ML has never had it
        asked = most_by_quota([Nodes(size.name, 1, 1, machine_learning=machine_learning)])
        limits = {(machine_learning, quota_key(listed(size.family))): (0, 0)}
        failed = [one for one in judge(asked, limits, SETTINGS.azure) if one.verdict is Verdict.FAILED]
        assert [one.message.split(";")[0] for one in failed] == [
            f"{size.family} in westeurope: {size.quota_vcpus} vCPU wanted, "
            f"{'Azure ML' if machine_learning else 'the subscription'} allows 0 (0 in use)"
        ]


def test_a_family_that_is_not_listed_stops_every_size() -> None:
    for size in vm_sizes():
        findings = judge(most_by_quota([Nodes(size.name, 1, 1)]), {}, SETTINGS.azure)
        (failed,) = (one for one in findings if one.verdict is Verdict.FAILED)
        assert "the subscription does not list the family" in failed.message
