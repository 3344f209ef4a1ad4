"""What a network may not be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from infra.settings.load import Loaded
from infra.settings.network import PrivateNetwork

Areas = dict[str, Any]
Refusals = Callable[[Callable[[Areas], None]], dict[str, str]]

HUB_GROUP = "/subscriptions/55555555-5555-5555-5555-555555555555/resourceGroups/rg-hub"
HUB = {
    "virtual_network_id": "/subscriptions/55555555-5555-5555-5555-555555555555/resourceGroups/rg-hub"
    "/providers/Microsoft.Network/virtualNetworks/vnet-hub",
    "address_space": ["10.0.0.0/16"],
}
EXISTING = {
    "virtual_network_id": HUB["virtual_network_id"],
    "subnets": {
        "databricks-host": "a",
        "databricks-container": "b",
        "container-apps": "c",
        "kubernetes": "d",
        "ml-compute": "e",
        "private-endpoints": "f",
    },
}


def private(network: Areas, **others: Areas) -> Callable[[Areas], None]:
    """An otherwise right private stack with this network; `others` change further areas."""

    def edit(areas: Areas) -> None:
        areas["network"] = {"mode": "private", **network}
        areas["serving"]["router"]["internal"] = True
        areas["databricks"]["link_ml_workspace"] = False
        del areas["monitoring"]["retraining"]
        areas["ml"]["housekeeping"].pop("registry_purge", None)
        areas["ml"]["workspace"] |= {"image_build_cluster": "cpu", "container_registry": {"sku": "Premium"}}
        for area, change in others.items():
            areas[area] |= change

    return edit


@pytest.mark.parametrize(
    ("network", "key", "message"),
    [
        ({}, "network.address_space", "give either address_space (a network is made) or existing"),
        (
            {"address_space": "10.40.0.0/20", "existing": EXISTING},
            "network.address_space",
            "give either address_space (a network is made) or existing",
        ),
        (
            {"address_space": "10.40.0.0/23", "hub": HUB},
            "network.address_space",
            "is a /23; give a /8 to /22",
        ),
        (
            {
                "address_space": "10.40.0.0/20",
                "hub": HUB,
                "private_dns_zones": {"hub_links": True, "resource_group_id": HUB_GROUP},
            },
            "network.private_dns_zones.hub_links",
            "is for zones made here, and resource_group_id gives others; remove one",
        ),
        (
            {"address_space": "10.40.0.0/20", "private_dns_zones": {"hub_links": True}},
            "network.private_dns_zones.hub_links",
            "is true without a hub; give network.hub, or remove it",
        ),
        (
            {"address_space": "8.8.0.0/16", "hub": HUB},
            "network.address_space",
            "is not a private range (RFC 1918)",
        ),
        (
            {"address_space": "10.0.16.0/20", "hub": HUB},
            "network.address_space",
            "10.0.16.0/20 overlaps with the hub's 10.0.0.0/16; peering needs them apart",
        ),
        (
            {"address_space": "10.40.0.0/20", "hub": HUB, "subnets": {"kubernetes": "10.40.0.0/24"}},
            "network.subnets.kubernetes",
            "10.40.0.0/24 overlaps with 10.40.0.0/23 of databricks-host",
        ),
        (
            {"address_space": "10.40.0.0/20", "hub": HUB, "subnets": {"private-endpoints": "10.40.15.0/28"}},
            "network.subnets.private-endpoints",
            "is too small; give a /26 or wider",
        ),
        (
            {"address_space": "10.40.0.0/20", "hub": HUB, "subnets": {"gateway": "10.40.15.0/28"}},
            "network.subnets.gateway",
            "give",
        ),
        (
            {"existing": EXISTING | {"subnets": {"kubernetes": "d"}}},
            "network.existing.subnets",
            "lacks container-apps, databricks-container, databricks-host, ml-compute, private-endpoints",
        ),
        (
            {"existing": EXISTING | {"subnets": EXISTING["subnets"] | {"ml-compute": "d"}}},
            "network.existing.subnets",
            "'d' serves two purposes",
        ),
        ({"existing": EXISTING, "hub": HUB}, "network.hub", "belongs to a network that is made here"),
        (
            {"address_space": "10.40.0.0/20"},
            "network.hub",
            "is missing, so nobody could reach the platform; give hub or existing, or "
            "databricks.front_end_ip_ranges, or databricks.content: deferred",
        ),
        (
            {"address_space": "172.28.0.0/14", "hub": HUB},
            "serving.cluster.pod_address_range",
            "172.29.0.0/16 overlaps with the network's 172.28.0.0/14; give a range apart",
        ),
    ],
)
def test_a_network_that_cannot_work_is_refused(
    refusals: Refusals, network: Areas, key: str, message: str
) -> None:
    found = refusals(private(network))
    assert key in found, found
    assert message in found[key]


PRIVATE = {"address_space": "10.40.0.0/20", "hub": HUB}


def test_a_private_stack_needs_more_than_its_network(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["network"] = {"mode": "private", **PRIVATE}
        areas["databricks"]["link_ml_workspace"] = True

    assert refusals(edit) == {
        "databricks.link_ml_workspace": "is true in private mode, where Azure ML does not support dual tracking; "
        "set it to false",
        "ml.housekeeping.registry_purge": "cannot reach a private registry; give "
        "container_registry.untagged_retention_days",
        "monitoring.retraining.databricks_job": "is started through the workspace's public front end, which "
        "network.mode: private closes to a Logic App; give schedule, a job of ml.schedules",
        "ml.workspace.container_registry.sku": "is Basic; private endpoints need Premium",
        "ml.workspace.image_build_cluster": "is missing; a private registry's own tasks cannot build images: "
        "name a training cluster that does",
        "serving.router.internal": "is false, and network.mode: private has no public address for a router; give true",
    }


@pytest.mark.parametrize(
    "way",
    [{"front_end_ip_ranges": ["203.0.113.0/24"]}, {"content": "deferred"}],
)
def test_databricks_can_be_the_way_in(load_edited: Callable[..., Any], way: Areas) -> None:
    loaded = load_edited(private({"address_space": "10.40.0.0/20"}, databricks=way))
    assert loaded.settings.network.mode == "private"


def test_a_front_end_list_belongs_to_a_private_stack(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["databricks"]["front_end_ip_ranges"] = ["203.0.113.0/24"]

    assert refusals(edit) == {"databricks.front_end_ip_ranges": "belongs to network.mode: private; remove it"}


def test_a_public_prod_stack_lists_who_may_call(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["environment"]["kind"] = "prod"
        areas["network"]["allowed_ip_ranges"] = []

    assert refusals(edit)["network.allowed_ip_ranges"] == (
        "is empty in a prod environment; list who may call, or use mode: private"
    )


def test_point_in_time_restore_needs_a_longer_soft_delete(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["recovery"]["point_in_time_restore_days"] = 7

    assert refusals(edit) == {
        "recovery.point_in_time_restore_days": "is 7; blobs are kept for soft_delete_days 7: give fewer, or null"
    }


@pytest.mark.parametrize(
    ("encryption", "key", "message"),
    [
        (
            {"customer_managed_keys": ["databricks_services"]},
            "encryption.databricks_application_object_id",
            "is missing; find it: az ad sp show",
        ),
        (
            {"customer_managed_keys": ["disks"]},
            "encryption.customer_managed_keys[0]",
            "is 'disks'; give 'storage'",
        ),
        (
            {"dbfs_root_prepared": True},
            "encryption.dbfs_root_prepared",
            "is true without databricks_dbfs_root",
        ),
        (
            {"customer_managed_keys": ["container_registry"]},
            "ml.workspace.container_registry.sku",
            "is Basic; a key of our own needs Premium",
        ),
        (
            {"customer_managed_keys": ["storage", "storage"]},
            "encryption.customer_managed_keys",
            "names storage twice",
        ),
    ],
)
def test_a_key_that_cannot_serve_is_refused(
    refusals: Refusals, encryption: Areas, key: str, message: str
) -> None:
    def edit(areas: Areas) -> None:
        areas["encryption"] = encryption

    assert message in refusals(edit)[key]


def test_a_key_for_what_is_not_made_is_refused(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        del areas["databricks"], areas["monitoring"], areas["data_factory"]
        areas["encryption"] = {"customer_managed_keys": ["databricks_disks"]}

    assert refusals(edit) == {
        "encryption.customer_managed_keys": "names databricks_disks, which this stack does not make"
    }


FIREWALL = {**PRIVATE, "egress": "firewall"}
INDEX = {"package_index": "https://packages.example.com/simple"}


@pytest.mark.parametrize(
    ("network", "key", "message"),
    [
        (
            {**PRIVATE, "firewall": {"tier": "Premium"}},
            "network.firewall",
            "has an effect with egress: firewall only",
        ),
        (
            {**FIREWALL, "firewall": {"address": "10.0.1.4", "tier": "Premium"}},
            "network.firewall.tier",
            "belongs to a firewall that is made here; remove it beside address",
        ),
        (
            {**FIREWALL, "firewall": {"address": "10.9.1.4"}},
            "network.firewall.address",
            "10.9.1.4 is not in the hub's 10.0.0.0/16",
        ),
        (
            {**FIREWALL, "firewall": {"address": "10.0.1"}},
            "network.firewall.address",
            "is not an IPv4 address",
        ),
        (
            {"address_space": "10.40.0.0/20", "egress": "firewall", "firewall": {"address": "10.0.1.4"}},
            "network.hub",
            "is missing, and firewall.address is that of a hub's firewall",
        ),
        (
            {**FIREWALL, "firewall": {"subnet": "10.40.15.0/27"}},
            "network.firewall.subnet",
            "is too small; give a /26 or wider",
        ),
        (
            {"existing": EXISTING, "egress": "firewall", "firewall": {"tier": "Premium"}},
            "network.firewall.tier",
            "the routes of a given one are its owner's",
        ),
        (
            {
                **FIREWALL,
                "firewall": {"allowed_hosts": {"git": {"host": "*.example.com", "protocol": "tcp"}}},
            },
            "network.firewall.allowed_hosts.git.host",
            "over tcp a firewall knows addresses",
        ),
        (
            FIREWALL,
            "databricks.package_index",
            "is missing, databricks.ml_tracking install Python packages",
        ),
    ],
)
def test_a_way_out_that_cannot_work_is_refused(
    refusals: Refusals, network: Areas, key: str, message: str
) -> None:
    found = refusals(private(network))
    assert key in found, found
    assert message in found[key]


def test_hosts_of_a_region_that_is_not_known_are_asked_for(refusals: Refusals) -> None:
    edit = private(FIREWALL, databricks=INDEX, azure={"location": "northeurope"})
    assert (
        "the hosts of northeurope are not known here" in refusals(edit)["network.firewall.databricks_hosts"]
    )


def test_a_public_network_has_no_way_out_of_its_own(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["network"]["egress"] = "firewall"

    assert "network.egress" in refusals(edit)


@pytest.mark.parametrize("firewall", [{}, {"address": "10.0.1.4"}])
def test_a_firewall_with_an_index_of_ones_own_is_accepted(
    load_edited: Callable[[Callable[[Areas], None]], Loaded], firewall: Areas
) -> None:
    loaded = load_edited(private({**FIREWALL, "firewall": firewall}, databricks=INDEX))
    assert isinstance(loaded.settings.network, PrivateNetwork)
    assert loaded.settings.network.makes_firewall is (not firewall)
