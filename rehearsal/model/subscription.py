"""What a real subscription has and allows, as far as somebody said so (`--subscription FILE`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class SoftDeleted:
    """A deleted resource whose name its service still holds: ARM type and name, and the resource group if
    scoped."""

    arm_type: str
    name: str
    resource_group: str = ""


@dataclass(frozen=True)
class TakenName:
    """A name that somebody else holds already, where names are unique beyond their parent."""

    arm_type: str
    name: str


@dataclass(frozen=True)
class Quotas:
    """vCPUs that the subscription may use, by region and name of a quota, both as Azure writes them (compared without
    regard to case, spaces and underscores): a VM family, `cores` or `total` for the region's, `lowPriorityCores` or
    `spot` for spot machines and low-priority nodes. `compute` is for everything that runs as a VM of the subscription,
    `machine_learning` for Azure ML's own."""

    compute: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    machine_learning: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Subscription:
    """Nothing said is nothing known: by default the subscription is empty, and only what is stated is held against
    a program. `registered_providers` and `registered_features` (as `Microsoft.Compute/EncryptionAtHost`, lower case)
    are None where nobody said which are."""

    resource_groups: tuple[str, ...] = ()
    registered_providers: frozenset[str] | None = None
    registered_features: frozenset[str] | None = None
    soft_deleted: tuple[SoftDeleted, ...] = ()
    taken_names: tuple[TakenName, ...] = ()
    quotas: Quotas = field(default_factory=Quotas)
