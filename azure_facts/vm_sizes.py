"""What a VM size is: vCPUs, memory, temporary disk, and the quota family that its vCPUs count to.

The table is `data/vm_sizes.csv`. Names of sizes are compared without regard to case, as Azure does.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from azure_facts.data_files import read_csv
from azure_facts.retirements import Retirement, RetirementKind, retirement_of
from azure_facts.source import Source

_COLUMNS = ("name", "family", "quota_vcpus", "memory_gib", "local_disk_gib", "source")

_READ = datetime.date(2026, 11, 29)
_SOURCES: Mapping[str, Source] = MappingProxyType(
    {
        # The autoscaler's file is generated from `az vm list-skus`. It cuts fractions of a GiB off, so the memory
        # of sizes that have one (Standard_DS1_v2: 3.5) is left empty here.
        "list-skus-2026": Source(
            "kubernetes/autoscaler cluster-autoscaler/cloudprovider/azure/azure_instance_types.go (2026-03-05)",
            _READ,
        ),
        "list-skus-2024": Source(
            "kubernetes/autoscaler cluster-autoscaler/cloudprovider/azure/azure_instance_types.go (2024-12-16, "
            "for sizes no longer listed)",
            _READ,
        ),
        # Families only: vCPUs are those in the name, memory is left empty.
        "families-2026": Source(
            "Azure/karpenter-provider-azure pkg/providers/instancetype/known_skus.yaml (2026-08-21)", _READ
        ),
    }
)
"""By the last column of the table. The temporary disks of D and E sizes are from learn.microsoft.com
virtual-machines/sizes/general-purpose/ddsv5-series and dsv5-series: 37.5 GiB for each vCPU of versions 4 and 5 with a
`d`, 0 without it. Empty for AMD's version 4 (dav4-dasv4-series), which has a disk without a `d`, and a cache, larger
than it, that holds a system disk as well; and for version 6, which has NVMe disks instead, whose use for a system
disk depends on the image."""

_ACTIVE_VCPUS = re.compile(r"[a-z]+_[a-z]+\d+-(\d+)", re.IGNORECASE)
_ACCELERATED = re.compile(r"standard[ _]?n([a-z])", re.IGNORECASE)
_SERIES = re.compile(r"[a-z]+_([a-z]+)\d", re.IGNORECASE)
_PARTS = re.compile(r"([a-z]+_[a-z]+)\d+(?:-\d+)?(.*)", re.IGNORECASE)

MACHINE_LEARNING = Source(
    "learn.microsoft.com machine-learning/concept-compute-target, supported VM series and sizes", _READ
)
"""Some series are not supported; the table of those that are has no burstable one."""
DATABRICKS = Source(
    "terraform-provider-databricks issue 220 (2020): the refusal of a node type lists those that Azure has, none of "
    "them burstable",
    datetime.date(2026, 11, 30),
)
"""Databricks answers `Node type … is not supported` for any other; the list grows."""


@dataclass(frozen=True)
class VmSize:
    """One size. `family` is what `az vm list-usage` names its quota.

    A size with constrained vCPUs such as Standard_E4-2ds_v5 runs with `vcpus` 2 and counts to the quota with
    `quota_vcpus` 4 (learn.microsoft.com javascript/api/@azure/arm-compute/virtualmachinesize, numberOfCores;
    MicrosoftDocs/azure-docs issue 23017). `memory_gib` and `local_disk_gib` are None where no source says them;
    `local_disk_gib` is 0 where there is surely no disk.
    """

    name: str
    family: str
    vcpus: int
    quota_vcpus: int
    memory_gib: float | None
    local_disk_gib: float | None
    source: Source

    @property
    def series(self) -> str:
        """The letters before the number: `D`, `DS`, `E`, `NC`."""
        found = _SERIES.match(self.name)
        return found[1].upper() if found else ""

    @property
    def retirement(self) -> Retirement | None:
        """When and why it stops, past or to come; None where nothing is announced."""
        return retirement_of(RetirementKind.VM_SIZE, self.name)


def vm_size(name: str) -> VmSize | None:
    """The size of this name; None for a name that is not in the table."""
    return _table().get(name.lower())


def is_accelerated(name: str) -> bool:
    """Whether a size or a quota's family is of the N series, whose machines have GPUs or other accelerators."""
    return _ACCELERATED.match(name) is not None


def has_gpu(name: str) -> bool:
    """Whether a size, or a quota's family, has GPUs: NC, ND, NG and NV have, NP has FPGAs (learn.microsoft.com
    azure/virtual-machines/sizes/overview)."""
    found = _ACCELERATED.match(name)
    return found is not None and found[1].upper() in "CDGV"


def vm_size_problem(name: str) -> str | None:
    """What is wrong with a name of a series that the table has, or None; a series that is new is left alone."""
    if vm_size(name):
        return None
    siblings = _by_series().get(_series_key(name), ())
    if not siblings:
        return None
    return f"'{name}' does not exist; use one of its series: {', '.join(siblings)}"


def unknown_series(name: str) -> str | None:
    """What to say of a size whose series the table does not have, which is new or misspelt; None for any other."""
    if vm_size(name) or _by_series().get(_series_key(name)):
        return None
    return (
        f"'{name}' is of a series that is not in the list of sizes; "
        "az vm list-skus --location REGION --size NAME says whether your region has it"
    )


def machine_learning_size_problem(name: str) -> str | None:
    """Why Azure ML makes no compute instance and no cluster of a size, or None."""
    size = vm_size(name)
    if size and size.series == "B":
        return f"'{name}' is burstable, which Azure ML does not support; use a D or E size such as Standard_D4ds_v5"
    return vm_size_problem(name)


def databricks_size_problem(name: str) -> str | None:
    """Why Databricks probably takes no node of a size, or None."""
    size = vm_size(name)
    if size is None or size.series != "B":
        return None
    return (
        f"'{name}' is burstable, and no list of Databricks' node types that is known here has a burstable one; use a D "
        "or E size such as Standard_D4ds_v5"
    )


def vm_sizes() -> tuple[VmSize, ...]:
    """Every size of the table."""
    return tuple(_table().values())


def _series_key(name: str) -> str:
    """The name without its number: `standard_d|ds_v5`."""
    found = _PARTS.fullmatch(name)
    return f"{found[1]}|{found[2]}".lower() if found else ""


@cache
def _by_series() -> Mapping[str, tuple[str, ...]]:
    series: dict[str, list[VmSize]] = {}
    for size in _table().values():
        if "-" not in size.name:
            series.setdefault(_series_key(size.name), []).append(size)
    return {
        key: tuple(size.name for size in sorted(found, key=lambda size: size.quota_vcpus))
        for key, found in series.items()
    }


@cache
def _table() -> Mapping[str, VmSize]:
    return {row["name"].lower(): _size(row) for row in read_csv("vm_sizes.csv", _COLUMNS)}


def _size(row: Mapping[str, str]) -> VmSize:
    constrained = _ACTIVE_VCPUS.match(row["name"])
    return VmSize(
        name=row["name"],
        family=row["family"],
        vcpus=int(constrained[1] if constrained else row["quota_vcpus"]),
        quota_vcpus=int(row["quota_vcpus"]),
        memory_gib=float(row["memory_gib"]) if row["memory_gib"] else None,
        local_disk_gib=float(row["local_disk_gib"]) if row["local_disk_gib"] else None,
        source=_SOURCES[row["source"]],
    )
