"""What names of VM sizes say."""

from __future__ import annotations

import pytest

from infra.conventions.vm_sizes import VmShape, local_disk_gib, vm_shape


@pytest.mark.parametrize(
    ("size", "shape"),
    [
        ("Standard_D4ds_v5", VmShape("D", 4, 16)),
        ("Standard_D4lds_v5", VmShape("D", 4, 8)),
        ("Standard_E16ds_v5", VmShape("E", 16, 128)),
        ("Standard_E4-2ds_v5", VmShape("E", 2, 32)),
        ("Standard_F8s_v2", VmShape("F", 8, 16)),
        ("Standard_F8as_v6", VmShape("F", 8, None)),
        ("Standard_L8s_v3", VmShape("L", 8, 64)),
        ("Standard_B4ms", VmShape("B", 4, None)),
        ("Standard_DS3_v2", VmShape("DS", 3, None)),
        ("Standard_NC24ads_A100_v4", VmShape("NC", 24, None)),
        ("Standard_M128ms", VmShape("M", 128, None)),
        ("small", None),
    ],
)
def test_a_name_says_its_shape(size: str, shape: VmShape | None) -> None:
    assert vm_shape(size) == shape


@pytest.mark.parametrize(
    ("size", "gib"),
    [
        ("Standard_D2ds_v5", 75),
        ("Standard_D4ds_v4", 150),
        ("Standard_E8-4ads_v5", 300),
        ("Standard_D4s_v5", None),
        ("Standard_D8ds_v6", None),
        ("Standard_F8s_v2", None),
        ("small", None),
    ],
)
def test_a_name_says_what_disk_the_machine_has(size: str, gib: float | None) -> None:
    assert local_disk_gib(size) == gib
