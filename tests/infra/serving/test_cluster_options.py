"""Which disk a node's system lies on."""

from __future__ import annotations

import pytest
from pulumi_azure_native.containerservice import OSDiskType

from infra.serving.cluster_options import os_disk_type
from infra.settings.serving_cluster import Cluster


@pytest.mark.parametrize(
    ("vm_size", "disk"),
    [
        ("Standard_D4ds_v5", OSDiskType.EPHEMERAL),
        # 75 GiB are too few for 128.
        ("Standard_D2ds_v5", OSDiskType.MANAGED),
        ("Standard_D8s_v5", OSDiskType.MANAGED),
        ("Standard_NC24ads_A100_v4", OSDiskType.MANAGED),
    ],
)
def test_the_machine_holds_the_system_disk_where_it_has_room(vm_size: str, disk: OSDiskType) -> None:
    assert os_disk_type(Cluster(), vm_size) is disk


def test_managed_disks_on_request() -> None:
    assert os_disk_type(Cluster(ephemeral_os_disks=False), "Standard_D4ds_v5") is OSDiskType.MANAGED
