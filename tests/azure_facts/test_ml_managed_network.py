"""Which host name rules let compute call a host."""

from __future__ import annotations

import pytest

from azure_facts.ml_managed_network import (
    CONDA_CHANNEL_HOST,
    CONDA_DEFAULT_HOST,
    PACKAGE_INDEX_HOSTS,
    PIP_HOSTS,
    approves,
)


@pytest.mark.parametrize(
    ("destination", "host"),
    [("packages.example.com", "packages.example.com"), ("*.anaconda.org", "conda.anaconda.org")],
)
def test_a_host_is_approved_by_its_name_or_by_its_domain(destination: str, host: str) -> None:
    assert approves(["example.com", destination], host)


@pytest.mark.parametrize(
    ("destination", "host"),
    [
        ("*.anaconda.org", "anaconda.org"),
        ("*.anaconda.org", "notanaconda.org"),
        ("packages.example.com", "files.example.com"),
    ],
)
def test_other_hosts_are_not(destination: str, host: str) -> None:
    assert not approves([destination], host)
    assert not approves([], host)


@pytest.mark.parametrize("host", [CONDA_CHANNEL_HOST, CONDA_DEFAULT_HOST, *PIP_HOSTS])
def test_the_documented_hosts_approve_what_conda_and_pip_ask(host: str) -> None:
    assert approves(list(PACKAGE_INDEX_HOSTS.values()), host)
