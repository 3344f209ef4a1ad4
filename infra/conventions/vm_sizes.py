"""What the name of a VM size says: vCPUs always, memory for the families that nodes are made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_NAME = re.compile(
    r"(?:Standard|Basic)_(?P<family>[A-Z]+)(?P<vcpus>\d+)(?:-(?P<constrained>\d+))?"
    r"(?P<features>[a-z]*)(?:_[A-Z0-9]+)*?(?:_v(?P<version>\d+))?"
)
"""learn.microsoft.com virtual-machines/vm-naming-conventions: family, vCPUs, constrained vCPUs, features, version."""

_GIB_PER_VCPU: Mapping[str, float] = MappingProxyType({"D": 4, "E": 8, "L": 8, "F": 2})
"""learn.microsoft.com virtual-machines/sizes: general purpose, memory, storage and compute optimised."""

_FIRST_REGULAR_VERSION: Mapping[str, int] = MappingProxyType({"D": 3, "E": 3, "L": 2, "F": 2})
"""Older sizes of these families have other ratios."""


@dataclass(frozen=True)
class VmShape:
    """`memory_gib` is None for families whose ratio of memory to vCPUs the name does not say."""

    family: str
    vcpus: int
    memory_gib: float | None


def vm_shape(size: str) -> VmShape | None:
    """The shape of a size such as Standard_E4-2ds_v5 (2 of 4 vCPUs, all of the memory); None for no VM size."""
    match = _NAME.fullmatch(size)
    if match is None:
        return None
    family, whole = match["family"], int(match["vcpus"])
    return VmShape(family, int(match["constrained"] or whole), _memory(match, family, whole))


def _memory(match: re.Match[str], family: str, vcpus: int) -> float | None:
    version = int(match["version"] or 1)
    if family not in _GIB_PER_VCPU or version < _FIRST_REGULAR_VERSION[family]:
        return None
    if family == "F" and version > 2:
        return None  # Fas_v6 has 4, Fals_v6 2, Fams_v6 8
    ratio = _GIB_PER_VCPU[family]
    return vcpus * (ratio / 2 if "l" in match["features"] and family == "D" else ratio)


_LOCAL_DISK_GIB_PER_VCPU = 37.5
"""D and E sizes with a `d`, versions 4 and 5 (learn.microsoft.com virtual-machines/sizes/general-purpose/ddsv5-series:
Standard_D4ds_v5 has 150 GiB). Version 6 has NVMe disks instead, whose use for a system disk depends on the image."""


def local_disk_gib(size: str) -> float | None:
    """GiB of a size's temporary disk, which can hold a node's system disk; None where the name does not tell."""
    match = _NAME.fullmatch(size)
    if match is None or match["family"] not in ("D", "E") or "d" not in match["features"]:
        return None
    return int(match["vcpus"]) * _LOCAL_DISK_GIB_PER_VCPU if match["version"] in ("4", "5") else None


def quota_family(size: str) -> str | None:
    """The family that a size's vCPUs count to, as `az vm list-usage` names it (standardDDSv5Family); None for no
    VM size. Compare without regard to case: the service writes them in several ways."""
    match = _NAME.fullmatch(size)
    if match is None:
        return None
    version = f"v{match['version']}" if match["version"] else ""
    accelerator = re.search(r"_([A-Z][A-Z0-9]*)_", size.removeprefix("Standard"))
    # `Standard NCASv3_T4 Family`, but `StandardNCADSA100v4Family`.
    name = accelerator[1] if accelerator else ""
    tail = f"{version}{name}" if name == "T4" else f"{name}{version}"
    return f"standard{match['family']}{match['features'].upper()}{tail}Family"
