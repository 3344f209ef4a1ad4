"""An automatic metastore has no storage of its own for catalogs."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_CATALOG = "databricks:index/catalog:Catalog"
_OTHERS = ("storageRoot", "connectionName", "providerName", "shareName")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if not any(resource.value(name) or resource.is_unknown(name) for name in _OTHERS):
        yield Violation(
            "storageRoot",
            "missing: metastores of workspaces made since November 2023 have no storage of their own, and the catalog "
            "is refused there; give a path below an external location",
        )


RULE = Rule(
    id="DBX022",
    service="Unity Catalog",
    title="a catalog has its own storage",
    applies_to=(_CATALOG,),
    status=400,
    code="INVALID_STATE",
    source="terraform-provider-databricks docs/guides/unity-catalog-default.md",
    check=_check,
    trips=Case((Declared(_CATALOG, {"name": "forecast_dev"}),)),
    passes=Case(
        (
            Declared(
                _CATALOG,
                {"name": "forecast_dev", "storageRoot": "abfss://uc@dlsother.dfs.core.windows.net/c"},
            ),
        )
    ),
    severity=Severity.WARNING,
)
