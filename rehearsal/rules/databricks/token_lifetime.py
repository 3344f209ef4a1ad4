"""A token lives for 730 days at most."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_LONGEST = 730 * 24 * 3600


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    seconds = resource.value("lifetimeSeconds")
    if isinstance(seconds, int) and not 0 < seconds <= _LONGEST:
        yield Violation("lifetimeSeconds", f"{seconds} must be from 1 to {_LONGEST} (730 days)")


RULE = Rule(
    id="DBX016",
    service="Databricks token",
    title="a lifetime of at most 730 days",
    applies_to=(tokens.TOKEN,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="learn.microsoft.com azure/databricks/admin/access-control/tokens (maximum token lifetime)",
    check=_check,
    trips=Case((declare(tokens.TOKEN, {"lifetimeSeconds": 63072001}),)),
    passes=Case((declare(tokens.TOKEN),)),
)
