"""Grants are the whole list for a securable."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_GRANTS = "databricks:index/grants:Grants"
_GRANT = "databricks:index/grant:Grant"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for other in world.of_types((_GRANTS, _GRANT)):
        same = other.id == resource.id if other.type == _GRANTS else other.id.startswith(f"{resource.id}/")
        if same and other is not resource and (other.type == _GRANT or other.order < resource.order):
            yield Violation(
                "", f"{other.urn} grants on the same object, and each takes the other's away; merge them"
            )
            return


_LIST = [{"principal": "data-scientists", "privileges": ["USE_CATALOG"]}]


def _case(second: str) -> Case:
    return Case(
        (
            Declared(_GRANTS, {"catalog": "forecast", "grants": _LIST}, "first"),
            Declared(_GRANTS, {"catalog": second, "grants": _LIST}),
        )
    )


RULE = Rule(
    id="DBX039",
    service="Unity Catalog",
    title="one Grants for each object, and no single Grant beside it",
    applies_to=(_GRANTS,),
    status=0,
    code="",
    source="terraform-provider-databricks docs/resources/grants.md (authoritative: each overwrites the other's without "
    "an error)",
    check=_check,
    trips=_case("forecast"),
    passes=_case("forecast_dev"),
    severity=Severity.WARNING,
)
