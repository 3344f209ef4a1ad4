"""A resource group that is written into the program, and of which nobody says that it exists."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.subscription import Subscription
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation
from rehearsal.rules.subscription.resource_group_exists import RULE as EXISTS
from rehearsal.rules.subscription.resource_group_exists import groups_of_nobody


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    if not world.subscription.resource_groups:
        yield from groups_of_nobody(resource, world)


RULE = Rule(
    id="SUB007",
    service=EXISTS.service,
    title="a resource group that nothing declares is named by a setting",
    applies_to=EXISTS.applies_to,
    status=0,
    code="",
    source=EXISTS.source,
    check=_check,
    trips=Case((declare(tokens.STORAGE_ACCOUNT, {"resourceGroupName": "rg-ml-dve"}),), Subscription()),
    passes=Case(
        (
            declare(tokens.RESOURCE_GROUP, name="group"),
            declare(tokens.STORAGE_ACCOUNT, depends_on=("group",)),
        ),
        Subscription(),
    ),
    severity=Severity.WARNING,
)
