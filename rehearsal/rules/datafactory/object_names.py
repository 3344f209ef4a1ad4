"""Names inside a factory: no dashes in linked services and datasets, few other characters anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.datafactory.parts import DATASET, LINKED_SERVICE, NAMES, PIPELINE, TRIGGER, part
from rehearsal.rules.rule import Case, Rule, Violation

_FORBIDDEN = re.compile(r"[.+?/<>*%&:\\]")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    key = NAMES[resource.type]
    name = resource.text(key)
    if not name or resource.is_unknown(key):
        return
    if len(name) > 260 or not name[0].isalnum() or _FORBIDDEN.search(name):
        yield Violation(
            key, f"'{name}' must begin with a letter or digit, without . + ? / < > * % & : \\, at most 260"
        )
    elif "-" in name and resource.type in (DATASET, LINKED_SERVICE):
        yield Violation(key, f"'{name}' has a dash, which no linked service or dataset has; use '_'")


def _case(name: str) -> Case:
    service = {"properties": {"type": "AzureBlobFS", "url": "https://dlsmldev.dfs.core.windows.net/"}}
    return Case((part(LINKED_SERVICE, name, service),))


RULE = Rule(
    id="ADF302",
    service="Data Factory",
    title="names inside a factory",
    applies_to=(DATASET, LINKED_SERVICE, PIPELINE, TRIGGER),
    status=400,
    code="BadRequest",
    source="learn.microsoft.com data-factory/naming-rules",
    check=_check,
    trips=_case("key-vault"),
    passes=_case("key_vault"),
)
