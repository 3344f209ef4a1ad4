"""Unity Catalog: where tables, files and models live, and who may read them.

Its objects live in the account's metastore, not in the workspace: they outlast it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from azure_facts.unity_catalog import UNITY_CATALOG_PRIVILEGES, Securable
from azure_facts.unity_catalog_names import reserved_schema_problem
from infra.settings.access import Persona, PersonaPrincipal
from infra.settings.base import ArmIdOf, Key, LoadingContext, Problem, SettingsModel
from infra.settings.databricks.permissions import grantee_problems
from infra.settings.lake import Folder, FolderOrAll, ZoneKey
from infra.settings.messages import absent

Privileges = dict[Persona, Annotated[list[str], Field(min_length=1)]]
"""Persona to privileges."""


WRITING = frozenset({"CREATE_MANAGED_STORAGE", "WRITE_FILES"})
"""Privileges on a location that have no effect while it is read-only."""


class ExternalLocation(SettingsModel):
    """A folder of a storage account that the access connector may open."""

    zone: ZoneKey | None = None
    """Key of `lake.zones`; or else account and container."""
    storage_account_id: Annotated[str, ArmIdOf("Microsoft.Storage/storageAccounts")] | None = None
    """An account with a hierarchical namespace; it must exist."""
    container: ZoneKey | None = None
    path: FolderOrAll = ""
    """Below the container; empty = all of it. Locations must not overlap."""
    read_only: bool = False
    grants: Privileges = {}
    jobs_may: list[str] = []
    """Privileges of the jobs' service principal."""

    @property
    def url(self) -> str:
        """The location as Unity Catalog knows it."""
        account = (self.storage_account_id or "this stack's lake").rsplit("/", 1)[-1]
        return f"abfss://{self.container or self.zone}@{account}.dfs.core.windows.net/{self.path}"

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        elsewhere = [self.storage_account_id, self.container]
        if self.zone and any(elsewhere):
            yield Problem("zone", "is given together with an account or a container; give one of the two")
        if not self.zone and not all(elsewhere):
            yield Problem(
                "zone", "is missing; give the key of one of lake.zones, or storage_account_id and container"
            )
        rows = [("jobs_may", self.jobs_may), *((f"grants.{key}", held) for key, held in self.grants.items())]
        for place, privileges in rows if self.read_only else ():
            for privilege in sorted(WRITING.intersection(privileges)):
                yield Problem(
                    place,
                    f"has {privilege}, and the location is read_only; leave it out, or set read_only to false",
                )


class Volume(SettingsModel):
    """Files; managed in the catalog's own storage unless it names a location."""

    external_location: Key | None = None
    path: FolderOrAll = ""
    comment: str | None = None
    grants: Privileges = {}

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.path and self.external_location is None:
            yield Problem("path", "is given without external_location; a managed volume has no path")


ColumnType = Annotated[
    str,
    Field(
        pattern=r"^(string|boolean|tinyint|smallint|int|bigint|float|double|date|timestamp|timestamp_ntz|binary"
        r"|decimal\([1-9]\d?,\d{1,2}\))$"
    ),
]
"""A type of Databricks SQL, in small letters."""


class Table(SettingsModel):
    """A Delta table whose columns are promised to its readers; jobs fill it, by its name.

    It is managed in the catalog's own storage unless it names a location. A table that others read by its folder, as
    Synapse's views do, needs a location. Tables that only jobs read need no entry here: jobs create them.
    """

    columns: Annotated[
        dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")], ColumnType], Field(min_length=1)
    ]
    """Name to type. Columns are in the order of their names: a stack file's mappings reach the program
    sorted."""
    comment: str | None = None
    external_location: Key | None = None
    path: Folder | None = None
    """Below the location; after that it can be opened only through the table, no longer by path."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if (self.external_location is None) != (self.path is None):
            missing = "external_location" if self.path else "path"
            yield Problem(
                missing, "is missing; an external table has external_location and path, a managed one neither"
            )


class Schema(SettingsModel):
    """Tables, views, models and files that belong together."""

    comment: str | None = None
    tables: dict[Key, Table] = {}
    """Need view_warehouse, like views."""
    volumes: dict[Key, Volume] = {}
    views: dict[Key, str] = {}
    """Name to query: analysts read the view instead of its tables. Needs view_warehouse. `{catalog}` becomes
    the catalog's name in this environment. A table that the query reads must exist: list it under tables, or
    let a job create it first."""
    registered_models: dict[Key, str] = {}
    """Name to comment; versions come from training runs."""
    grants: Privileges = {}
    jobs_may: list[str] = []
    """Privileges of the jobs' service principal."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        for name, query in self.views.items():
            if not query.strip():
                yield Problem(
                    f"views.{name}", "is empty; give a query, such as SELECT day FROM {catalog}.gold.sales"
                )
            unknown = sorted(set(re.findall(r"\{\w*\}", query)) - {"{catalog}"})
            if unknown:
                yield Problem(f"views.{name}", f"has {', '.join(unknown)}; only {{catalog}} is put in")


class Catalog(SettingsModel):
    """Schemas with storage of their own: a metastore made by Azure has none to fall back on."""

    external_location: Key
    """Key of the location that holds its managed tables."""
    path: Folder
    """Below the location; fixed once the catalog exists."""
    comment: str | None = None
    isolated: bool = True
    """Only this workspace, and those in bound_workspaces, see it."""
    bound_workspaces: dict[Key, Annotated[str, Field(pattern=r"^\d+$")]] = {}
    """Other workspaces, by their number, that may read it."""
    schemas: dict[Key, Schema] = {}
    grants: Privileges = {}
    jobs_may: list[str] = []

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.bound_workspaces and not self.isolated:
            yield Problem(
                "bound_workspaces", "is given with isolated: false, where every workspace sees it; remove it"
            )


class UnityCatalog(SettingsModel):
    """In the metastore that the account assigned to this workspace's region."""

    external_locations: dict[Key, ExternalLocation] = {}
    catalogs: dict[Key, Catalog] = {}
    view_warehouse: Key | None = None
    """Key of the SQL warehouse on which tables and views are made."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        for key, catalog in self.catalogs.items():
            named = [("external_location", catalog.external_location)]
            for schema_key, schema in catalog.schemas.items():
                reserved = reserved_schema_problem(schema_key.replace("-", "_"))
                if reserved:
                    yield Problem(f"catalogs.{key}.schemas.{schema_key}", reserved)
                named += [
                    (f"schemas.{schema_key}.volumes.{volume_key}.external_location", volume.external_location)
                    for volume_key, volume in schema.volumes.items()
                    if volume.external_location is not None
                ]
                named += [
                    (f"schemas.{schema_key}.tables.{table_key}.external_location", table.external_location)
                    for table_key, table in schema.tables.items()
                    if table.external_location is not None
                ]
                if (schema.views or schema.tables) and self.view_warehouse is None:
                    yield Problem(
                        "view_warehouse", f"is missing; tables and views of {key}.{schema_key} are made on it"
                    )
                for name in schema.views.keys() & schema.tables.keys():
                    yield Problem(
                        f"catalogs.{key}.schemas.{schema_key}.views.{name}",
                        "is a table's name in this schema too; rename one of the two",
                    )
            for path, location in named:
                if location not in self.external_locations:
                    yield Problem(
                        f"catalogs.{key}.{path}",
                        absent(location, "external_locations", self.external_locations),
                    )
        yield from self._written_read_only()
        yield from self._overlaps()

    def _written_read_only(self) -> Iterator[Problem]:
        """Writes through a read-only location."""
        read_only = {key for key, location in self.external_locations.items() if location.read_only}
        for key, catalog in self.catalogs.items():
            if catalog.external_location in read_only:
                yield Problem(
                    f"catalogs.{key}.external_location",
                    f"'{catalog.external_location}' is read_only; managed tables are written there",
                )
            for schema_key, schema in catalog.schemas.items():
                path = f"catalogs.{key}.schemas.{schema_key}"
                for table_key, table in schema.tables.items():
                    if table.external_location in read_only:
                        yield Problem(
                            f"{path}.tables.{table_key}.external_location",
                            f"'{table.external_location}' is read_only, and jobs fill the table; give another "
                            "location",
                        )
                for volume_key, volume in schema.volumes.items():
                    for persona, privileges in volume.grants.items():
                        if volume.external_location in read_only and "WRITE_VOLUME" in privileges:
                            yield Problem(
                                f"{path}.volumes.{volume_key}.grants.{persona}",
                                f"has WRITE_VOLUME, and '{volume.external_location}' is read_only; leave it out",
                            )

    def _overlaps(self) -> Iterator[Problem]:
        urls = {key: location.url.rstrip("/") + "/" for key, location in self.external_locations.items()}
        for key, url in urls.items():
            for other, whole in urls.items():
                if key != other and url.startswith(whole) and (url != whole or key > other):
                    yield Problem(
                        f"external_locations.{key}", f"lies in '{other}'; locations must not overlap"
                    )

    def grant_problems(
        self, personas: Mapping[Persona, PersonaPrincipal], local: Collection[Persona]
    ) -> Iterator[Problem]:
        """Privileges that a securable does not have, and personas whose group cannot receive any."""
        for kind, path, item in self._securables():
            jobs_may = getattr(item, "jobs_may", [])
            yield from _privilege_problems(kind, path, item.grants, jobs_may)
            yield from grantee_problems(f"{path}.grants", list(item.grants), personas)
            for persona in item.grants:
                if persona in local:
                    yield Problem(
                        f"{path}.grants.{persona}",
                        "is in workspace_local_groups, which Unity Catalog does not know; use its Entra group",
                    )

    def _securables(self) -> Iterator[tuple[Securable, str, ExternalLocation | Catalog | Schema | Volume]]:
        for key, location in self.external_locations.items():
            yield Securable.EXTERNAL_LOCATION, f"external_locations.{key}", location
        for key, catalog in self.catalogs.items():
            path = f"catalogs.{key}"
            yield Securable.CATALOG, path, catalog
            for schema_key, schema in catalog.schemas.items():
                inner = f"{path}.schemas.{schema_key}"
                yield Securable.SCHEMA, inner, schema
                for volume_key, volume in schema.volumes.items():
                    yield Securable.VOLUME, f"{inner}.volumes.{volume_key}", volume


def _privilege_problems(
    kind: Securable, path: str, grants: Privileges, jobs_may: list[str]
) -> Iterator[Problem]:
    """Privileges that the object has not got. None may be one that contains others: ALL_PRIVILEGES grows with each
    privilege that Databricks adds, MANAGE gives rights to others."""
    possible = UNITY_CATALOG_PRIVILEGES[kind].single
    rows = [(f"grants.{persona}", privileges) for persona, privileges in grants.items()]
    for place, privileges in [*rows, ("jobs_may", jobs_may)]:
        for privilege in privileges:
            if privilege not in possible:
                yield Problem(
                    f"{path}.{place}",
                    f"'{privilege}' cannot be granted on a {kind}; give of {', '.join(possible)}",
                )
