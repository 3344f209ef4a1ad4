"""Names of catalogs and schemas that Databricks keeps for itself, whatever their case.

`global_temp` is none of them. Spark ties global temporary views to a database of that name (Spark SQL guide, global
temporary view, read 2026-11-30), and no page says that Unity Catalog refuses a schema of it.
"""

from __future__ import annotations

import datetime

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
RESERVED_NAMES_PAGE = Source(
    "learn.microsoft.com azure/databricks/sql/language-manual/sql-ref-reserved-words", _READ
)
"""Reserves catalogs and schemas that begin with SYS or DATABRICKS, and three schemas, for current or future use."""
STANDING_CATALOGS_ISSUE = Source("databricks/databricks-sql-python issue 99", _READ)
"""`samples` is Databricks' own and read-only, `hive_metastore` is the catalog of before Unity Catalog."""

_PREFIXES = ("sys", "databricks")
_CATALOGS = frozenset({"hive_metastore", "samples"})
_SCHEMAS = frozenset({"builtin", "information_schema", "session"})


def reserved_catalog_problem(name: str) -> str | None:
    """What is wrong with a catalog's name, to be read after it; None for one of our own."""
    return _problem(name, _CATALOGS)


def reserved_schema_problem(name: str) -> str | None:
    """What is wrong with a schema's name, to be read after it; None for one of our own."""
    return _problem(name, _SCHEMAS)


def _problem(name: str, whole: frozenset[str]) -> str | None:
    lowered = name.lower()
    if lowered in whole:
        return "is a name of Databricks' own; choose another"
    for prefix in _PREFIXES:
        if lowered.startswith(prefix):
            return f"begins with '{prefix}', which Databricks keeps for itself; choose another beginning"
    return None
