"""The data lake: its account, its zones, and what happens to files that only land there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field
from typing_extensions import override

from infra.settings.base import ArmIdOf, Generation, LoadingContext, Problem, SettingsModel, ZoneKey
from infra.settings.messages import absent
from infra.settings.ml import StorageRedundancy


def stays_inside(value: str) -> str:
    """Refuse a path that leads out again: rights and rules are given by its beginning.

    Raises:
        ValueError: a part of it is `.` or `..`.
    """
    if any(part in (".", "..") for part in value.split("/")):
        raise ValueError("has a part '.' or '..', which leads elsewhere; give the folder itself")
    return value


Folder = Annotated[
    str, Field(pattern=r"^[\w.=-]+(/[\w.=-]+)*$", max_length=400), AfterValidator(stays_inside)
]
"""A path inside a filesystem, without a slash at either end."""

FolderOrAll = Annotated[str, Field(pattern=r"^([\w.=-]+(/[\w.=-]+)*)?$"), AfterValidator(stays_inside)]
"""The same, or empty for the whole of it."""


class ZoneContent(StrEnum):
    """What a zone holds; the access table opens zones by this (`infra.access.table`)."""

    RAW = "raw"
    CURATED = "curated"
    FEATURES = "features"
    PREDICTIONS = "predictions"
    CATALOG = "catalog"
    """Tables and files that Unity Catalog keeps itself: they are opened only through it."""


class Zone(SettingsModel):
    """One filesystem of the lake. Tables in it are Delta; what happens to files by age touches landing folders only.

    A lifecycle rule or an immutability policy over a Delta table breaks it: the table's log names files that are
    gone, or cannot replace its own checkpoint.
    """

    holds: ZoneContent | None = None
    """Default: the zone's key, where that is one of raw, curated, features, predictions, catalog."""
    landing_folders: list[Folder] = []
    """Folders of files as they came, outside every table; each is cleared up by age."""
    cool_landing_after_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    delete_landing_after_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    immutable_days: Annotated[int, Field(ge=1, le=146000)] | None = None
    """Days during which a file of the zone cannot be changed or deleted; for a zone without tables."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        ages = (self.cool_landing_after_days, self.delete_landing_after_days)
        if any(ages) and not self.landing_folders:
            yield Problem(
                "landing_folders",
                "is empty, and tables are never cleared up by age; name the landing folders",
            )
        cool, delete = ages
        if cool and delete and cool >= delete:
            yield Problem(
                "cool_landing_after_days", f"is {cool}, and files are deleted after {delete}; give fewer"
            )
        if self.immutable_days and delete and delete < self.immutable_days:
            yield Problem(
                "delete_landing_after_days",
                f"is {delete}, and immutable_days {self.immutable_days} forbids deleting earlier; give at least that",
            )
        if self.immutable_days and self.holds not in (None, ZoneContent.RAW):
            yield Problem(
                "immutable_days",
                f"is given on a zone that holds {self.holds}, whose Delta tables could not be written; only a raw zone",
            )


def _zones() -> dict[str, Zone]:
    return {
        "raw": Zone(landing_folders=["landing"], cool_landing_after_days=30, delete_landing_after_days=365),
        "curated": Zone(),
        "features": Zone(),
        "predictions": Zone(),
        "catalog": Zone(),
    }


class Lake(SettingsModel):
    """ADLS Gen2: a storage account with a hierarchical namespace, and a filesystem for each zone."""

    generation: Generation = 1
    existing_resource_id: Annotated[str, ArmIdOf("Microsoft.Storage/storageAccounts")] | None = None
    """An account with a hierarchical namespace that exists already, with the zones as its filesystems."""
    redundancy: StorageRedundancy = StorageRedundancy.STANDARD_ZRS
    zones: Annotated[dict[ZoneKey, Zone], Field(min_length=1)] = Field(default_factory=_zones)
    table_history_days: Annotated[int, Field(ge=7, le=3650)] = 30
    """How long Delta tables keep deleted files and their log: as far back as a table can be set. Databricks clusters
    of this stack make tables with it."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        for key, zone in self.zones.items():
            content = content_of(key, zone)
            if content is None:
                have = ", ".join(ZoneContent)
                yield Problem(
                    f"zones.{key}.holds", f"is missing, and '{key}' says it not; give one of {have}"
                )
            elif zone.holds is None and zone.immutable_days and content is not ZoneContent.RAW:
                yield Problem(
                    f"zones.{key}.immutable_days",
                    f"is given on a zone that holds {content}, whose Delta tables could not be written; "
                    "only a raw zone",
                )
        if self.existing_resource_id is None:
            return
        for key in sorted(self.model_fields_set & {"generation", "redundancy"}):
            yield Problem(
                key, "is given together with existing_resource_id; an existing account is not configured here"
            )
        for key, zone in self.zones.items():
            if zone.model_fields_set - {"holds"}:
                yield Problem(
                    f"zones.{key}",
                    "of an existing account is configured by its owner; give nothing but holds",
                )


def content_of(key: str, zone: Zone) -> ZoneContent | None:
    """What the zone holds, said or told by its key."""
    if zone.holds is not None:
        return zone.holds
    return ZoneContent(key) if key in set(ZoneContent) else None


def zone_named(zones: Mapping[str, Zone], key: str, path: str) -> Iterator[Problem]:
    """The refusal of a zone that is not there; `path` is the setting that names it."""
    if key not in zones:
        yield Problem(path, absent(key, "lake.zones", zones))
