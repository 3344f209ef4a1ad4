"""What age and immutability do to files, against what others keep in the same folders."""

from __future__ import annotations

from collections.abc import Iterator

from infra.settings.base import Problem
from infra.settings.databricks.unity_catalog import ExternalLocation, UnityCatalog
from infra.settings.lake import Lake
from infra.settings.platform import PlatformSettings

Folder = tuple[str, str]
"""A zone, and a path in it; empty for the whole zone."""


def landing_folders_hold_no_tables(settings: PlatformSettings) -> Iterator[Problem]:
    """A Delta table whose files are deleted by age is broken: its log names files that are gone."""
    lake = settings.lake
    if lake is None:
        return
    tables = list(_table_folders(settings))
    for zone_key, zone in lake.zones.items():
        for index, landing in enumerate(zone.landing_folders):
            for what, (other, path) in tables:
                if other == zone_key and _meet(landing, path):
                    yield Problem(
                        f"lake.zones.{zone_key}.landing_folders[{index}]",
                        f"'{landing}' is cleared up by age, and {what} keeps Delta tables in '{path}'; name a "
                        "folder apart",
                    )


def immutable_zones_are_only_read(settings: PlatformSettings) -> Iterator[Problem]:
    """Files of such a zone cannot be changed, so a location on it is read-only."""
    lake, catalog = settings.lake, _catalog(settings)
    for key, location in catalog.external_locations.items() if lake and catalog else ():
        days = _immutable_days(lake, location)
        if days is None:
            continue
        path = f"databricks.unity_catalog.external_locations.{key}"
        why = f"files of '{location.zone}' cannot be changed for immutable_days {days}"
        if not location.read_only:
            yield Problem(f"{path}.read_only", f"is false, and {why}; set it to true")
        rows = [
            ("jobs_may", location.jobs_may),
            *((f"grants.{persona}", item) for persona, item in location.grants.items()),
        ]
        for place, privileges in rows:
            for privilege in sorted(set(privileges) - READING):
                yield Problem(f"{path}.{place}", f"has {privilege}, and {why}; give READ_FILES")


READING = {"BROWSE", "READ_FILES"}
"""Privileges on a location with which nothing is written."""


def _immutable_days(lake: Lake | None, location: ExternalLocation) -> int | None:
    zone = lake.zones.get(location.zone) if lake and location.zone else None
    return zone.immutable_days if zone else None


def _catalog(settings: PlatformSettings) -> UnityCatalog | None:
    return settings.databricks.unity_catalog if settings.databricks else None


def _table_folders(settings: PlatformSettings) -> Iterator[tuple[str, Folder]]:
    """Where this stack itself says that tables lie, each with the setting that says so."""
    for key, view in settings.synapse.views.items() if settings.synapse else ():
        yield f"synapse.views.{key}", (view.zone, view.folder)
    unity = _catalog(settings)
    if unity is None:
        return
    locations = unity.external_locations
    prefix = "databricks.unity_catalog"
    for key, location in locations.items():
        # The whole of a zone holds its landing folders too; a location inside one is for tables that age would break.
        if location.zone and location.path and not location.read_only:
            yield f"{prefix}.external_locations.{key}", (location.zone, location.path)
    for key, catalog in unity.catalogs.items():
        path = f"{prefix}.catalogs.{key}"
        yield from _below(path, locations.get(catalog.external_location), catalog.path)
        for schema_key, schema in catalog.schemas.items():
            for table_key, table in schema.tables.items():
                where = f"{path}.schemas.{schema_key}.tables.{table_key}"
                yield from _below(where, locations.get(table.external_location or ""), table.path or "")


def _below(what: str, location: ExternalLocation | None, path: str) -> Iterator[tuple[str, Folder]]:
    if location and location.zone:
        yield what, (location.zone, "/".join(part for part in (location.path, path) if part))


def _meet(one: str, other: str) -> bool:
    """Whether one is the other, or lies in it."""
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")
