"""Unity Catalog objects outlive the workspace that made them."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_UNITY_CATALOG = tuple(
    f"databricks:index/{name}"
    for name in (
        "catalog:Catalog",
        "externalLocation:ExternalLocation",
        "grants:Grants",
        "registeredModel:RegisteredModel",
        "schema:Schema",
        "storageCredential:StorageCredential",
        "volume:Volume",
    )
)
_VOLUME = {"catalogName": "c", "schemaName": "s", "name": "v", "volumeType": "MANAGED"}


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.options.deleted_with:
        yield Violation(
            "deletedWith",
            "skips its deletion, and it stays in the metastore when the workspace goes; leave deleted_with away",
        )


RULE = Rule(
    id="DBX040",
    service="Unity Catalog",
    title="Unity Catalog objects are deleted themselves",
    applies_to=_UNITY_CATALOG,
    status=0,
    code="",
    source="learn.microsoft.com azure/databricks/data-governance/unity-catalog (objects live in the metastore)",
    check=_check,
    trips=Case(
        (
            declare(tokens.DATABRICKS_WORKSPACE, name="workspace", replace_on_changes=("*",)),
            Declared("databricks:index/volume:Volume", _VOLUME, deleted_with="workspace"),
        )
    ),
    passes=Case((Declared("databricks:index/volume:Volume", _VOLUME),)),
    severity=Severity.WARNING,
)
