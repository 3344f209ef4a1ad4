"""A budget starts on the first of a month that is not over."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "timePeriod.startDate"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    text = resource.text(_PATH)
    if not text:
        return
    try:
        start = datetime.date.fromisoformat(text[:10])
    except ValueError:
        yield Violation(_PATH, f"'{text}' is no date (YYYY-MM-DDT00:00:00Z)")
        return
    if start.day != 1:
        yield Violation(_PATH, f"{start} must be the first of a month")
    elif start < world.today.replace(day=1) and "timePeriod" not in _ignored(resource):
        yield Violation(
            _PATH,
            f"{start} lies before the current month, which a new budget may not; start with "
            f"{world.today.replace(day=1)} "
            "and ignore later changes of timePeriod",
        )


def _ignored(resource: Resource) -> set[str]:
    """Where its changes are ignored the start date may be that of the first deployment."""
    return {path.partition(".")[0] for path in resource.options.ignore_changes}


RULE = Rule(
    id="BUD001",
    service="Cost Management budget",
    title="a budget starts on the first of the current or a later month",
    applies_to=(tokens.BUDGET,),
    status=400,
    code="BadRequest",
    source="hashicorp/terraform-provider-azurerm issue 12121; Azure REST spec consumption, BudgetTimePeriod",
    check=_check,
    trips=Case((declare(tokens.BUDGET, {_PATH: "2020-01-01T00:00:00Z"}),)),
    passes=Case((declare(tokens.BUDGET),)),
)
