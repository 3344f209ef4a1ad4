"""The script of the users of dedicated SQL pools: who writes predictions into one, and who reads them.

    python -m infra.data.synapse_pool_users --stack prod > users.sql
    sqlcmd -S <synapse.dedicated_pools.KEY.server> -d <database> -G -i users.sql    # as a SQL administrator

The pool must be online. The statements can run again and again, and into every pool of the stack: a pool whose name is
another does nothing.
"""

# ruff: noqa: S608  # names are settings of checked form; nothing of a user reaches the text
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from infra.conventions.name_rules import ResourceKind
from infra.data.stack_script import print_script
from infra.data.synapse_views import group_names, quoted, user
from infra.settings.names import naming_of
from infra.settings.platform import PlatformSettings

SCHEMA = "predictions"
"""Where the writer makes its tables; it may do nothing outside it."""


def statements(settings: PlatformSettings, groups: Mapping[str, str], pool: str) -> Iterator[str]:
    """Batches of T-SQL for the dedicated pool of the key `pool`, to be separated by GO. `groups` are the display names
    of readers' Entra groups, by persona."""
    synapse = settings.synapse
    if synapse is None:
        return
    yield (
        f"IF NOT EXISTS (SELECT 1 FROM sys.schemas WHERE name = '{SCHEMA}')\n"
        # The only statement of its batch, or none.
        f"    EXEC ('CREATE SCHEMA [{SCHEMA}]')"
    )
    writer = synapse.dedicated_pools[pool].writer
    if writer:
        yield user(writer)
        # What the Databricks connector needs to load with COPY (docs.databricks.com synapse-analytics, permissions).
        yield f"GRANT ADMINISTER DATABASE BULK OPERATIONS TO [{writer}]"
        yield f"GRANT CREATE TABLE TO [{writer}]"
        yield f"GRANT ALTER, SELECT, INSERT, UPDATE, DELETE ON SCHEMA::[{SCHEMA}] TO [{writer}]"
    for group in (groups[persona] for persona in synapse.readers if persona in groups):
        yield user(group)
        yield f"GRANT SELECT ON SCHEMA::[{SCHEMA}] TO [{group.replace(']', ']]')}]"


def script(settings: PlatformSettings) -> str:
    """The script of every pool, each guarded by the pool's name; empty without pools."""
    naming, groups = naming_of(settings), group_names(settings)
    lines: list[str] = []
    for key in settings.synapse.dedicated_pools if settings.synapse else ():
        name = quoted(naming.name(ResourceKind.SYNAPSE_SQL_POOL, key))
        lines.extend(
            f"IF DB_NAME() = '{name}'\nBEGIN\n{batch};\nEND\nGO\n"
            for batch in statements(settings, groups, key)
        )
    return "".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the script to the standard output; exit 2 for settings that are refused."""
    return print_script(
        "synapse_pool_users", "The users of dedicated SQL pools, as T-SQL.", script, arguments
    )


if __name__ == "__main__":
    raise SystemExit(main())
