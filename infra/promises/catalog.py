"""What people and jobs read and write through Unity Catalog, and what the catalog itself opens."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

from azure_facts.arm_ids import child_id
from infra.databricks.catalog_tables import object_name
from infra.promises import parties
from infra.promises.databricks import where_people_open_databricks
from infra.promises.places import cluster_nodes
from infra.promises.promise import Door, Origin, Party, Promise
from infra.promises.site import Site
from infra.settings.access import Persona
from infra.settings.databricks.unity_catalog import Catalog, ExternalLocation, Schema, UnityCatalog

_ON_TABLES: Mapping[str, str] = MappingProxyType({"SELECT": "read table", "MODIFY": "write table"})
_ON_SCHEMAS: Mapping[str, str] = MappingProxyType(
    {
        "CREATE_TABLE": "create tables",
        "CREATE_MODEL": "register catalog models",
        "EXECUTE": "use the catalog's models",
    }
)
_ON_VOLUMES: Mapping[str, str] = MappingProxyType(
    {"READ_VOLUME": "read volume", "WRITE_VOLUME": "write volume"}
)
_ON_LOCATIONS: Mapping[str, str] = MappingProxyType(
    {
        "READ_FILES": "read files of the location",
        "WRITE_FILES": "write files of the location",
        "CREATE_EXTERNAL_TABLE": "make tables in the location",
    }
)
"""Privilege to what it is for. Entering catalog and schema is part of it."""

Readers = Sequence[tuple[str, Party, Origin, Collection[str], str]]
"""Slug, who, from where, privileges, and the key in settings."""


def catalog_promises(site: Site) -> Iterator[Promise]:
    """Of the catalogs, volumes and locations that settings name."""
    databricks = site.settings.databricks
    catalog = databricks.unity_catalog if databricks else None
    if catalog is None or not site.has_databricks_content:
        return
    yield from _storage(site, catalog)
    for key, location in catalog.external_locations.items():
        path = f"databricks.unity_catalog.external_locations.{key}"
        on = site.in_databricks("external-location", site.catalog_name(key))
        readers = _readers(site, location.grants, location.jobs_may, path)
        yield from _promises(readers, _ON_LOCATIONS, on, f"location-{key}")
    for key, item in catalog.catalogs.items():
        yield from _catalog(site, key, item)


def _storage(site: Site, catalog: UnityCatalog) -> Iterator[Promise]:
    """Clusters open files with the connector's identity, not with the user's."""
    connector = parties.system(site.access_connector, "Unity Catalog's access connector")
    read_only: dict[str, bool] = {}
    for location in catalog.external_locations.values():
        container = _container(site, location)
        read_only[container] = read_only.get(container, True) and location.read_only
    for container, only_read in read_only.items():
        account = container.partition("/blobServices/")[0].rpartition("/")[2]
        word = container.rpartition("/")[2]
        name = word if container.startswith(site.lake) and site.lake else f"{account}-{word}"
        yield Promise(
            f"unity-catalog.{'reads' if only_read else 'writes'}-the-location.{name}",
            connector,
            cluster_nodes(site),
            "read blobs" if only_read else "write blobs",
            container,
            "databricks.unity_catalog.external_locations",
            Door("dfs"),
        )


def _container(site: Site, location: ExternalLocation) -> str:
    if location.zone:
        return site.zone(location.zone)
    account = location.storage_account_id or ""
    return child_id(account, "blobServices", "default", "containers", location.container or "")


def _catalog(site: Site, key: str, catalog: Catalog) -> Iterator[Promise]:
    path = f"databricks.unity_catalog.catalogs.{key}"
    name = site.catalog_name(key)
    for schema_key, schema in catalog.schemas.items():
        # What is granted on the catalog holds in each of its schemas.
        people = {
            persona: [*schema.grants.get(persona, ()), *catalog.grants.get(persona, ())]
            for persona in {*schema.grants, *catalog.grants}
        }
        jobs = [*schema.jobs_may, *catalog.jobs_may]
        readers = _readers(site, people, jobs, f"{path}.schemas.{schema_key}")
        full = f"{name}.{object_name(schema_key)}"
        yield from _schema(site, f"{key}.{schema_key}", schema, full, readers)
        for volume_key, volume in schema.volumes.items():
            of_volume = _readers(site, volume.grants, (), f"{path}.schemas.{schema_key}.volumes.{volume_key}")
            on = site.in_databricks("volume", f"{full}.{object_name(volume_key)}")
            yield from _promises(
                [*readers, *of_volume], _ON_VOLUMES, on, f"volume-{key}.{schema_key}.{volume_key}"
            )


def _schema(site: Site, label: str, schema: Schema, full: str, readers: Readers) -> Iterator[Promise]:
    """Each table and view; the schema as a whole where jobs make its tables."""
    yield from _promises(readers, _ON_SCHEMAS, site.in_databricks("schema", full), label)
    for table in sorted(schema.tables):
        on = site.in_databricks("table", f"{full}.{object_name(table)}")
        yield from _promises(readers, _ON_TABLES, on, f"{label}.{table}")
    for view in sorted(schema.views):
        on = site.in_databricks("table", f"{full}.{object_name(view)}")
        yield from _promises(readers, {"SELECT": "read table"}, on, f"{label}.{view}")
    if not schema.tables and not schema.views:
        yield from _promises(readers, _ON_TABLES, site.in_databricks("schema", full), label)


def _readers(
    site: Site, people: Mapping[Persona, Sequence[str]], jobs: Collection[str], path: str
) -> Readers:
    databricks = site.settings.databricks
    if databricks is None:
        return ()
    origin = where_people_open_databricks(site, databricks)
    found = [
        (
            parties.slug(persona),
            parties.persona(site, persona),
            origin,
            privileges,
            f"{path}.grants.{persona}",
        )
        for persona, privileges in sorted(people.items())
    ]
    if jobs:
        who = parties.databricks_jobs(site)
        found.append(("databricks-jobs", who, cluster_nodes(site), list(jobs), f"{path}.jobs_may"))
    return found


def _promises(readers: Readers, words: Mapping[str, str], on: str, label: str) -> Iterator[Promise]:
    seen: set[str] = set()
    for slug, who, origin, privileges, setting in readers:
        for privilege, does in words.items():
            name = f"{slug}.{does.replace(' ', '-').replace(chr(39), '')}.{label}"
            if privilege in privileges and name not in seen:
                seen.add(name)
                yield Promise(name, who, origin, does, on, setting)
