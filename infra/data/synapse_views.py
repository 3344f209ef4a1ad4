"""The script of the views over predictions, and the step that runs it.

    python -m infra.data.synapse_views --stack prod --part database > database.sql
    sqlcmd -S <server> -d master -G -i database.sql       # as a member of the SQL administrators

The first part, the database and its users, is run once by a person; the second, what is in the database, also by a
pipeline of the data factory (`synapse_views: true`). All of it can run again and again: it makes what is missing and
replaces each view. A view takes its columns from the Delta table when it is made, so the table must be there: batch
scoring has run once. Views open files with the workspace's own identity, so that readers need a right on the view and
none on the files. A view is no fence inside its zone: a reader of one may read the zone's other files by the same
credential.
"""

# ruff: noqa: S608  # names are settings of checked form; nothing of a user reaches the text
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import partial

from infra.conventions.name_rules import ResourceKind
from infra.conventions.naming import Naming
from infra.data.stack_script import print_script
from infra.settings.access import Persona, PersonaPrincipal
from infra.settings.data_factory import DataFactory
from infra.settings.names import naming_of
from infra.settings.platform import PlatformSettings

CREDENTIAL = "workspace_identity"

_MASTER_KEY = """IF NOT EXISTS (SELECT 1 FROM sys.symmetric_keys WHERE name = '##MS_DatabaseMasterKey##')
BEGIN
    DECLARE @password nvarchar(72) = CONVERT(nvarchar(36), NEWID()) + CONVERT(nvarchar(36), NEWID())
    EXEC ('CREATE MASTER KEY ENCRYPTION BY PASSWORD = ''' + @password + ''''')
END"""
"""A new database refuses its first scoped credential without one (learn.microsoft.com synapse-analytics
sql/resources-self-help-sql-on-demand). Nobody needs the password again: the service opens the key by its own."""


def statements(settings: PlatformSettings, groups: Mapping[str, str]) -> Iterator[str]:
    """Batches of T-SQL for serverless SQL, to be separated by GO. `groups` are the display names of readers' Entra
    groups, by persona: a login is made by name."""
    if settings.synapse is None or settings.lake is None:
        return
    yield from database_statements(settings, groups)
    yield from view_statements(settings, groups)


def database_statements(settings: PlatformSettings, groups: Mapping[str, str]) -> Iterator[str]:
    """The database and its users: a person's to run, once, since an identity cannot look others up in the directory.
    The data factory becomes owner of this database alone, to refresh what is in it."""
    synapse = settings.synapse
    if synapse is None:
        return
    database = synapse.database
    if synapse.monthly_terabytes:
        # learn.microsoft.com synapse-analytics sql/data-processed, cost control
        yield (
            f"EXEC sp_set_data_processed_limit @type = N'monthly', @limit_tb = {synapse.monthly_terabytes}"
        )
    yield (
        f"IF DB_ID('{database}') IS NULL\n"
        # Delta's texts are UTF-8: another collation returns wrong characters.
        f"    CREATE DATABASE [{database}] COLLATE Latin1_General_100_BIN2_UTF8"
    )
    yield f"USE [{database}]"
    yield _MASTER_KEY
    for group in _readers(settings, groups):
        yield user(group)
        # A user without a server login lacks it, and views over files are then refused: "You do not have permission to
        # use the bulk load statement". With it a reader may open any file of a zone that a view reads.
        yield f"GRANT ADMINISTER DATABASE BULK OPERATIONS TO {bracketed(group)}"
    if refreshes_views(settings.data_factory):
        factory = _factory(settings)
        yield user(factory)
        yield f"ALTER ROLE db_owner ADD MEMBER {bracketed(factory)}"


def view_statements(settings: PlatformSettings, groups: Mapping[str, str]) -> Iterator[str]:
    """What is in the database: where tables lie, a view on each, and who reads it."""
    synapse = settings.synapse
    if synapse is None:
        return
    account = lake_account(settings)
    yield (
        f"IF NOT EXISTS (SELECT 1 FROM sys.database_scoped_credentials WHERE name = '{CREDENTIAL}')\n"
        f"    CREATE DATABASE SCOPED CREDENTIAL [{CREDENTIAL}] WITH IDENTITY = 'Managed Identity'"
    )
    for zone in sorted({view.zone for view in synapse.views.values()}):
        yield (
            f"IF NOT EXISTS (SELECT 1 FROM sys.external_data_sources WHERE name = '{zone}')\n"
            f"    CREATE EXTERNAL DATA SOURCE [{zone}] WITH (\n"
            f"        LOCATION = 'abfss://{zone}@{account}.dfs.core.windows.net', CREDENTIAL = [{CREDENTIAL}])"
        )
    for name, view in synapse.views.items():
        yield (
            f"CREATE OR ALTER VIEW [dbo].[{name}] AS\n"
            f"SELECT * FROM OPENROWSET(BULK '{view.folder}/', DATA_SOURCE = '{view.zone}', FORMAT = 'DELTA') AS rows"
        )
    for group in _readers(settings, groups):
        for name in synapse.views:
            yield f"GRANT SELECT ON OBJECT::[dbo].[{name}] TO {bracketed(group)}"
        yield f"GRANT REFERENCES ON DATABASE SCOPED CREDENTIAL::[{CREDENTIAL}] TO {bracketed(group)}"


def refreshes_views(factory: DataFactory | None) -> bool:
    """Whether a pipeline of the data factory runs `view_statements`."""
    pipelines = factory.pipelines.values() if factory else ()
    return any(item.synapse_views for pipeline in pipelines for item in pipeline.activities.values())


def _readers(settings: PlatformSettings, groups: Mapping[str, str]) -> list[str]:
    readers = settings.synapse.readers if settings.synapse else []
    return [groups[persona] for persona in readers if persona in groups]


def quoted(text: str) -> str:
    """As it is written between two quotes."""
    return text.replace("'", "''")


def bracketed(name: str) -> str:
    """As the name of a principal or an object."""
    return f"[{name.replace(']', ']]')}]"


def user(name: str) -> str:
    """The statement that makes a principal of Entra a user of the database."""
    return (
        f"IF NOT EXISTS (SELECT 1 FROM sys.database_principals WHERE name = '{quoted(name)}')\n"
        f"    CREATE USER {bracketed(name)} FROM EXTERNAL PROVIDER"
    )


def _factory(settings: PlatformSettings) -> str:
    generation = settings.data_factory.generation if settings.data_factory else 1
    return naming_of(settings).name(ResourceKind.DATA_FACTORY, generation=generation)


class Part(StrEnum):
    """Of the script."""

    ALL = "all"
    DATABASE = "database"
    VIEWS = "views"


_STATEMENTS = {Part.ALL: statements, Part.DATABASE: database_statements, Part.VIEWS: view_statements}


def script(settings: PlatformSettings, part: Part = Part.ALL) -> str:
    """The script, whole or in part; empty without synapse."""
    batches = list(_STATEMENTS[part](settings, group_names(settings)))
    return "".join(f"{batch};\nGO\n" for batch in batches)


def group_names(settings: PlatformSettings) -> Mapping[str, str]:
    """Display names of the personas' groups."""
    naming = naming_of(settings)
    return {
        persona: group_name(persona, given, naming) for persona, given in settings.access.personas.items()
    }


def group_name(persona: Persona, given: PersonaPrincipal, naming: Naming) -> str:
    """As given, or as the naming convention has it: the name by which Databricks knows the group too."""
    return given.databricks_group or naming.name(ResourceKind.DATABRICKS_OBJECT, persona.replace("_", "-"))


def lake_account(settings: PlatformSettings) -> str:
    """Name of the storage account that is the lake."""
    lake = settings.lake
    if lake and lake.existing_resource_id:
        return lake.existing_resource_id.rpartition("/")[2]
    naming = naming_of(settings)
    return naming.name(ResourceKind.DATA_LAKE, generation=lake.generation if lake else 1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the script to the standard output; exit 2 for settings that are refused."""
    scripts = {part.value: partial(script, part=part) for part in Part}
    return print_script("synapse_views", "The views over predictions, as T-SQL.", scripts, arguments)


if __name__ == "__main__":
    raise SystemExit(main())
