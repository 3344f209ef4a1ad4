"""VM sizes: how many vCPUs one has, and to which quota it counts, read from its name.

Naming: learn.microsoft.com azure/virtual-machines/vm-naming-conventions; families as `az vm list-usage` names them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_SIZE = re.compile(
    r"(?:[Ss]tandard_)?(?P<series>[A-Z]+?)(?P<number>\d+)(?:-\d+)?(?P<features>[a-z]*)"
    r"(?:_(?P<accelerator>[A-Z][A-Z0-9]*))?(?:_(?P<version>v\d+))?"
)

_V2_VCPUS = {1: 1, 2: 2, 3: 4, 4: 8, 5: 16, 11: 2, 12: 4, 13: 8, 14: 16, 15: 20}
"""D and DS sizes of version 2 (and before) are numbered; every later size has its vCPUs in its name."""


@dataclass(frozen=True)
class VmSize:
    """`family` as quotas name it (`standardDDSv5Family`)."""

    vcpus: int
    family: str


def vm_size(name: str) -> VmSize | None:
    """What the name says; None where it follows no rule."""
    found = _SIZE.fullmatch(name)
    if found is None:
        return None
    series, features = found["series"].upper(), found["features"].upper()
    number, version = int(found["number"]), (found["version"] or "").lower()
    accelerator = (found["accelerator"] or "").upper()
    vcpus = _V2_VCPUS.get(number, number) if series in ("D", "DS") and version in ("", "v2") else number
    if series == "B" and not version:
        features = "S"
    # `Standard NCASv3_T4 Family`, but `StandardNCADSA100v4Family`.
    tail = f"{version}{accelerator}" if accelerator == "T4" else f"{accelerator}{version}"
    return VmSize(vcpus, f"standard{series}{features}{tail}Family")


def quota_key(text: str) -> str:
    """The form in which names of families and regions are compared."""
    return re.sub(r"[\s_-]", "", text).lower()


TOTAL = "total"
"""The family under which a region's own limit stands."""

DEFAULT_QUOTAS: Mapping[str, int] = {"compute": 20, "machine_learning": 24}
"""vCPUs of a family in a region that a new subscription has: learn.microsoft.com
azure/azure-resource-manager/management/azure-subscription-service-limits (VM cores per series: 20, varies by offer);
machine-learning/how-to-manage-quotas (24 to 300 dedicated cores by offer; GPU families 0)."""
