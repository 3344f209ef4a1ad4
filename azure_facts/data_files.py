"""Reading the tables that are data files of this package."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from importlib import resources


class FactsError(Exception):
    """A table of facts is missing or unreadable: the installation is broken. The text names the file."""


def read_csv(name: str, columns: Sequence[str]) -> tuple[dict[str, str], ...]:
    """The rows of `azure_facts/data/<name>` by column. Raises `FactsError`: no such file, other columns, an empty
    table."""
    reader = csv.DictReader(io.StringIO(_text(name)))
    if tuple(reader.fieldnames or ()) != tuple(columns):
        raise FactsError(
            f"azure_facts/data/{name} has the columns {reader.fieldnames}, expected {list(columns)}"
        )
    rows = tuple(reader)
    if not rows:
        raise FactsError(f"azure_facts/data/{name} is empty; install the package again")
    if short := next((row for row in rows if None in row.values() or None in row), None):
        raise FactsError(f"azure_facts/data/{name} has a row of another length: {short}")
    return rows


def read_json(name: str) -> object:
    """The content of `azure_facts/data/<name>`. Raises `FactsError`: no such file, no JSON."""
    try:
        return json.loads(_text(name))
    except ValueError as error:
        raise FactsError(
            f"azure_facts/data/{name} is no JSON ({error}); install the package again"
        ) from error


def _text(name: str) -> str:
    try:
        return resources.files("azure_facts").joinpath("data", name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FactsError(
            f"azure_facts/data/{name} cannot be read ({error}); install the package again"
        ) from error
