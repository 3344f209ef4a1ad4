"""No external location lies in another one."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_LOCATION = "databricks:index/externalLocation:ExternalLocation"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    mine = _folder(resource)
    for other in world.of_types((_LOCATION,)):
        theirs = _folder(other)
        overlaps = mine and theirs and (mine.startswith(theirs) or theirs.startswith(mine))
        if overlaps and other.order < resource.order:
            yield Violation(
                "url", f"overlaps with {other.urn}; make one of them, and volumes or grants below it"
            )


def _folder(location: Resource) -> str:
    url = location.text("url").lower()
    return f"{url.rstrip('/')}/" if url else ""


def _case(path: str) -> Case:
    root = "abfss://gold@stlakedev.dfs.core.windows.net"
    return Case(
        (
            Declared(_LOCATION, {"url": f"{root}/sales", "credentialName": "lake", "name": "first"}, "first"),
            Declared(_LOCATION, {"url": f"{root}/{path}", "credentialName": "lake", "name": "second"}),
        )
    )


RULE = Rule(
    id="DBX161",
    service="Unity Catalog",
    title="external locations do not overlap",
    applies_to=(_LOCATION,),
    status=400,
    code="INVALID_PARAMETER_VALUE.LOCATION_OVERLAP",
    source="unitycatalog/unitycatalog pull request 1284",
    check=_check,
    trips=_case("sales/landing"),
    passes=_case("sales_landing"),
)
