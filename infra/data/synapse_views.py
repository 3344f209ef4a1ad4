"""The script of the views over predictions, and the step that runs it.

    python -m infra.data.synapse_views --stack prod > views.sql      # or: make views STACK=prod
    sqlcmd -S <server> -d master -G -i views.sql                     # as a member of the SQL administrators

The statements can run again and again: they make what is missing and replace each view. Views open files with the
workspace's own identity, so that readers need a right on the view and none on the files.
"""

# ruff: noqa: S608  # names are settings of checked form; nothing of a user reaches the text
from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from infra.conventions.name_rules import ResourceKind
from infra.conventions.naming import Naming
from infra.settings.access import Persona, PersonaPrincipal
from infra.settings.load import SettingsError, load_from_stack_file
from infra.settings.names import naming_of
from infra.settings.platform import PlatformSettings

CREDENTIAL = "workspace_identity"


def statements(settings: PlatformSettings, groups: Mapping[str, str]) -> Iterator[str]:
    """Batches of T-SQL for serverless SQL, to be separated by GO. `groups` are the display names of readers' Entra
    groups, by persona: a login is made by name."""
    synapse, lake = settings.synapse, settings.lake
    if synapse is None or lake is None:
        return
    database, account = synapse.database, _account(settings)
    yield (
        f"IF DB_ID('{database}') IS NULL\n"
        # Delta's texts are UTF-8: another collation returns wrong characters.
        f"    CREATE DATABASE [{database}] COLLATE Latin1_General_100_BIN2_UTF8"
    )
    yield f"USE [{database}]"
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
    for group in (groups[persona] for persona in synapse.readers if persona in groups):
        quoted = group.replace("'", "''")
        bracketed = group.replace("]", "]]")
        yield (
            f"IF NOT EXISTS (SELECT 1 FROM sys.database_principals WHERE name = '{quoted}')\n"
            f"    CREATE USER [{bracketed}] FROM EXTERNAL PROVIDER"
        )
        for name in synapse.views:
            yield f"GRANT SELECT ON OBJECT::[dbo].[{name}] TO [{bracketed}]"
        yield (f"GRANT REFERENCES ON DATABASE SCOPED CREDENTIAL::[{CREDENTIAL}] TO [{bracketed}]")


def script(settings: PlatformSettings) -> str:
    """The whole script; empty without synapse."""
    batches = list(statements(settings, group_names(settings)))
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


def _account(settings: PlatformSettings) -> str:
    lake = settings.lake
    if lake and lake.existing_resource_id:
        return lake.existing_resource_id.rpartition("/")[2]
    naming = naming_of(settings)
    return naming.name(ResourceKind.DATA_LAKE, generation=lake.generation if lake else 1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the script to the standard output; exit 2 for settings that are refused."""
    parser = argparse.ArgumentParser(
        prog="synapse_views", description="The views over predictions, as T-SQL."
    )
    parser.add_argument("--stack", required=True)
    options = parser.parse_args(arguments)
    try:
        settings = load_from_stack_file(Path(f"Pulumi.{options.stack}.yaml")).settings
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(script(settings))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
