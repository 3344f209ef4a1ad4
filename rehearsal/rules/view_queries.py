"""The tables that a SQL view's query reads: what the rules about views share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens

_READ = re.compile(r"\b(?:FROM|JOIN)\s+`?(\w+)`?\.`?(\w+)`?\.`?(\w+)`?", re.IGNORECASE)

FullName = tuple[str, str, str]
"""Catalog, schema and table, as the query writes them."""


def tables_read(view: Resource, world: World) -> Iterator[tuple[FullName, Resource | None]]:
    """Each table with a full name in the query, and the resource that declares it, if one does."""
    for parts in _READ.findall(view.text("viewDefinition")):
        wanted = tuple(part.lower() for part in parts)
        yield (
            parts,
            next((it for it in world.of_types((tokens.SQL_TABLE,)) if _full_name(it) == wanted), None),
        )


def _full_name(table: Resource) -> FullName:
    return (
        table.text("catalogName").lower(),
        table.text("schemaName").lower(),
        table.text("name").lower(),
    )
