"""Which Kubernetes versions a cluster can be made of."""

from __future__ import annotations

import datetime

import pytest

from azure_facts.kubernetes_versions import supported_minors, unsupported

TODAY = datetime.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("version", "message"),
    [
        ("1.19", "Kubernetes 1.19: support ended long ago, and AKS makes no new cluster of it; use 1.34, "),
        ("1.33.4", "Kubernetes 1.33.4: support ended on 2026-07-31"),
        ("1.35", None),
        ("1.99", None),
        ("latest", None),
    ],
)
def test_a_version_past_its_end_makes_no_cluster(version: str, message: str | None) -> None:
    found = unsupported(version, TODAY)
    assert found is None if message is None else found is not None and found.startswith(message)


def test_long_term_support_lasts_longer_and_ends_too() -> None:
    assert unsupported("1.33", TODAY, long_term=True) is None
    assert unsupported("1.30", TODAY, long_term=True) == (
        "Kubernetes 1.30: support ended on 2026-07-31, and AKS makes no new cluster of it; "
        "use 1.34, 1.35, 1.36, 1.37"
    )


def test_the_last_day_still_counts() -> None:
    assert unsupported("1.34", datetime.date(2026, 11, 30)) is None
    assert supported_minors(datetime.date(2026, 12, 1))[0] == "1.35"
