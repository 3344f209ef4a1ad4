"""Copies of what has changed in a window of time, and how the window reaches them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from infra.settings.pipelines import WINDOW_END, WINDOW_START, FileFormat
from infra.settings.sources import SourceKind

BOUNDS: Mapping[str, str] = MappingProxyType(
    {
        WINDOW_START: "@trigger().outputs.windowStartTime",
        WINDOW_END: "@trigger().outputs.windowEndTime",
    }
)
"""What a tumbling window passes: only the trigger's own definition can name them (learn.microsoft.com data-factory
how-to-use-trigger-parameterization)."""

FILE_PARAMETER = "file"
"""Of a dataset that windows are copied to: each window's file has a name of its own, so that a window which is run
again replaces what it wrote before, or lands beside it in a zone that keeps every file."""

_QUOTES: Mapping[SourceKind, tuple[str, str]] = MappingProxyType(
    {
        SourceKind.AZURE_SQL: ("[", "]"),
        SourceKind.MYSQL: ("`", "`"),
        SourceKind.POSTGRESQL: ('"', '"'),
        SourceKind.ODBC: ('"', '"'),
    }
)


def whole_table_query(table: str) -> str:
    """All rows of a PostgreSQL table: a dataset of the provider names the table without its schema (`pipelines.py`)."""
    schema, _, name = table.rpartition(".")
    return f'SELECT * FROM "{schema or "public"}"."{name}"'  # noqa: S608 - names that settings checked


def window_query(kind: SourceKind, table: str, column: str) -> str:
    """The rows of `table` whose `column` lies in the window; its end belongs to the next one."""
    start, end = (
        f"'@{{formatDateTime(pipeline().parameters.{name},'yyyy-MM-ddTHH:mm:ss')}}'"
        for name in (WINDOW_START, WINDOW_END)
    )
    if kind is SourceKind.COSMOS_DB:
        return f"SELECT * FROM c WHERE c.{column} >= {start} AND c.{column} < {end}"  # noqa: S608 - names that settings checked
    before, after = _QUOTES[kind]
    name = ".".join(f"{before}{part}{after}" for part in table.split("."))
    quoted = f"{before}{column}{after}"
    return f"SELECT * FROM {name} WHERE {quoted} >= {start} AND {quoted} < {end}"  # noqa: S608 - as above


def window_file(file_format: FileFormat, *, keeps: bool) -> dict[str, object]:
    """The name of a window's file: its start, and the moment of the copy where the zone `keeps` every file as it came.

    In an immutable zone a second copy of a window cannot replace the first. It lands beside it, and of the files of
    one window the last by name counts.
    """
    start = f"formatDateTime(pipeline().parameters.{WINDOW_START},'yyyyMMddTHHmmss')"
    copied = ",'_',utcnow('yyyyMMddTHHmmss')" if keeps else ""
    return {"type": "Expression", "value": f"@concat({start}{copied},'.{file_format.value}')"}
