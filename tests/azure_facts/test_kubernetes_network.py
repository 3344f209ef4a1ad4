"""Ranges that AKS and Container Apps keep for themselves."""

from __future__ import annotations

import ipaddress

import pytest

from azure_facts.kubernetes_network import CONTAINER_APPS_RESERVED, nodes_that_fit, reserved_in


@pytest.mark.parametrize(
    ("asked", "reserved"),
    [
        ("172.30.0.0/16", "172.30.0.0/16"),
        ("172.31.64.0/24", "172.31.0.0/16"),
        ("172.16.0.0/12", "172.30.0.0/16"),
        ("192.0.2.128/25", "192.0.2.0/24"),
        ("172.28.0.0/16", None),
    ],
)
def test_what_overlaps_a_reserved_range_is_told_which(asked: str, reserved: str | None) -> None:
    found = reserved_in(ipaddress.IPv4Network(asked))
    assert (str(found) if found else None) == reserved


def test_container_apps_reserve_more() -> None:
    asked = ipaddress.IPv4Network("100.100.144.0/24")
    assert reserved_in(asked) is None
    assert str(reserved_in(asked, CONTAINER_APPS_RESERVED)) == "100.100.128.0/19"


@pytest.mark.parametrize(("pods", "nodes"), [("10.0.0.0/16", 256), ("10.0.0.0/24", 1), ("10.0.0.0/25", 0)])
def test_every_node_takes_a_slash_24(pods: str, nodes: int) -> None:
    assert nodes_that_fit(ipaddress.IPv4Network(pods)) == nodes
