"""What a cluster's address ranges, authorised addresses and version may not be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.settings.load import SettingsError, load_from_stack_file
from tests.infra.settings.conftest import TODAY
from tests.infra.settings.ml_edits import Areas, Refusals
from tests.infra.settings.test_network_refusals import HUB, PRIVATE, private
from tests.reference_platform import read_stack


def cluster(**changes: Any) -> Callable[[Areas], None]:
    """Dev with these keys of its cluster changed."""

    def edit(areas: Areas) -> None:
        areas["serving"]["cluster"] |= changes

    return edit


@pytest.mark.parametrize(
    ("changes", "key", "message"),
    [
        (
            {"service_address_range": "172.30.0.0/16"},
            "service_address_range",
            "172.30.0.0/16 overlaps with 172.30.0.0/16, which AKS reserves; give another, such as 172.28.0.0/16",
        ),
        (
            {"pod_address_range": "172.31.64.0/18"},
            "pod_address_range",
            "172.31.64.0/18 overlaps with 172.31.0.0/16, which AKS reserves",
        ),
        (
            {"service_address_range": "10.96.0.0/12"},
            "service_address_range",
            "10.96.0.0/12 is a /12; give a /13 to /28, such as 172.28.0.0/16",
        ),
        # No room for the tenth address.
        ({"service_address_range": "10.96.0.0/29"}, "service_address_range", "10.96.0.0/29 is a /29; give a"),
        (
            {"service_address_range": "172.29.0.0/20"},
            "pod_address_range",
            "172.29.0.0/16 overlaps with service_address_range 172.29.0.0/20",
        ),
        (
            {"pod_address_range": "10.244.0.0/23"},
            "pod_address_range",
            "10.244.0.0/23 has a /24 for 2 nodes, and the pools may grow to 5; give a wider range, or fewer nodes",
        ),
        (
            {"authorized_ip_ranges": ["10.0.0.0/8"]},
            "authorized_ip_ranges",
            "10.0.0.0/8 is in 10.0.0.0/8, which a public API server never sees",
        ),
        (
            {"authorized_ip_ranges": ["0.0.0.0/32", "93.184.216.0/24"]},
            "authorized_ip_ranges",
            "0.0.0.0/32 means nobody but the nodes, and must be the only entry: remove it, or the others",
        ),
        (
            {"authorized_ip_ranges": [f"93.184.{byte}.1/32" for byte in range(201)]},
            "authorized_ip_ranges",
            "are 201; AKS takes 200: merge some",
        ),
        (
            {"kubernetes_version": "1.19"},
            "kubernetes_version",
            "Kubernetes 1.19: support ended long ago, and AKS makes no new cluster of it; use 1.34, 1.35",
        ),
        (
            {"kubernetes_version": "1.33"},
            "kubernetes_version",
            "support ended on 2026-07-31",
        ),
    ],
)
def test_what_aks_does_not_take_is_refused(
    refusals: Refusals, changes: Areas, key: str, message: str
) -> None:
    found = refusals(cluster(**changes))
    assert message in found[f"serving.cluster.{key}"]


@pytest.mark.parametrize(
    "changes",
    [
        {"service_address_range": "10.96.0.0/28"},
        {"pod_address_range": "10.244.0.0/21"},
        {"authorized_ip_ranges": ["0.0.0.0/32"]},
        {"authorized_ip_ranges": ["203.0.113.5/32"]},
        {"kubernetes_version": "1.36"},
        # Newer than anything that is known.
        {"kubernetes_version": "1.45"},
    ],
)
def test_what_aks_takes_is_no_refusal(load_edited: Callable[..., Any], changes: Areas) -> None:
    assert load_edited(cluster(**changes)).settings.serving is not None


@pytest.mark.parametrize(
    ("space", "message"),
    [
        ("172.30.0.0/20", "172.30.0.0/20 overlaps with 172.30.0.0/16, which AKS reserves"),
        ("172.16.0.0/12", "172.16.0.0/12 overlaps with 172.30.0.0/16, which AKS reserves"),
    ],
)
def test_a_network_in_what_aks_reserves_is_refused(refusals: Refusals, space: str, message: str) -> None:
    assert message in refusals(private({"address_space": space, "hub": HUB}))["network.address_space"]


def test_a_network_without_kubernetes_or_apps_may_lie_there(load_edited: Callable[..., Any]) -> None:
    def edit(areas: Areas) -> None:
        private({"address_space": "172.30.0.0/20", "hub": HUB})(areas)
        del areas["serving"], areas["apps"]

    assert load_edited(edit).settings.network.address_space == "172.30.0.0/20"


def write_spoke(folder: Path, stack: str, space: str, hub: Areas = HUB, **network: object) -> Path:
    """A private stack file of this name, right but for what its neighbours have."""
    document = read_stack("dev")
    areas = {key.removeprefix("mlplatform:"): value for key, value in document["config"].items()}
    private({**PRIVATE, "address_space": space, "hub": hub, **network})(areas)
    path = folder / f"Pulumi.{stack}.yaml"
    config = {key if ":" in key else f"mlplatform:{key}": value for key, value in areas.items()}
    path.write_text(yaml.safe_dump({"config": config}), encoding="utf-8")
    return path


def test_two_spokes_of_one_hub_have_addresses_apart(tmp_path: Path) -> None:
    write_spoke(tmp_path, "prod", "10.40.0.0/20")
    path = write_spoke(tmp_path, "stage", "10.40.8.0/22")
    with pytest.raises(SettingsError) as caught:
        load_from_stack_file(path, today=TODAY)
    assert [(problem.path, problem.message) for problem in caught.value.problems] == [
        (
            "mlplatform:network.address_space",
            "10.40.8.0/22 overlaps with 10.40.0.0/20 of stack prod, and both are spokes of one hub, which refuses to "
            "be peered with both; give a range apart",
        )
    ]


def test_spokes_apart_or_of_other_hubs_are_no_neighbours(tmp_path: Path) -> None:
    other_hub = HUB | {"virtual_network_id": f"{HUB['virtual_network_id']}-north"}
    write_spoke(tmp_path, "prod", "10.40.16.0/20")
    write_spoke(tmp_path, "north", "10.40.0.0/20", other_hub)
    (tmp_path / "Pulumi.broken.yaml").write_text("config: [", encoding="utf-8")
    path = write_spoke(tmp_path, "stage", "10.40.0.0/20")
    assert load_from_stack_file(path, today=TODAY).settings.environment.name == "stage"


def test_one_stack_of_a_hub_links_its_zones_there(tmp_path: Path) -> None:
    links = {"private_dns_zones": {"hub_links": True}}
    write_spoke(tmp_path, "prod", "10.40.16.0/20", **links)
    path = write_spoke(tmp_path, "stage", "10.40.0.0/20", **links)
    with pytest.raises(
        SettingsError, match=r"hub_links: is true in stack prod too, and a hub is linked with one"
    ):
        load_from_stack_file(path, today=TODAY)
    write_spoke(tmp_path, "prod", "10.40.16.0/20")
    assert load_from_stack_file(path, today=TODAY).settings.environment.name == "stage"


ZONES = "/subscriptions/55555555-5555-5555-5555-555555555555/resourceGroups/rg-hub-dns"
UNRESOLVED = "from the hub names resolve to public addresses"


@pytest.mark.parametrize(
    ("zones", "told"),
    [({}, 1), ({"hub_links": True}, 0), ({"resource_group_id": ZONES}, 0)],
)
def test_names_that_the_hub_does_not_resolve_are_told(tmp_path: Path, zones: Areas, told: int) -> None:
    path = write_spoke(tmp_path, "stage", "10.40.0.0/20", private_dns_zones=zones)
    warnings = load_from_stack_file(path, today=TODAY).warnings
    assert sum(UNRESOLVED in text for text in warnings) == told


TLS = {"common_name": "scoring.example.com", "kubernetes_secret": "scoring-tls"}


@pytest.mark.parametrize(
    ("router", "message"),
    [
        (
            {"address": "10.40.9.4"},
            "is 10.40.9.4, and the router is in 10.40.6.0/24; give the address that kubectl get svc",
        ),
        ({"address": "10.40.6.20", "internal": False}, "is for the name of tls on an internal router"),
    ],
)
def test_a_router_address_elsewhere_is_refused(refusals: Refusals, router: Areas, message: str) -> None:
    def edit(areas: Areas) -> None:
        private(PRIVATE)(areas)
        areas["serving"]["router"] = {"high_availability": False, "tls": TLS, **router}

    assert message in refusals(edit)["serving.router.address"]
