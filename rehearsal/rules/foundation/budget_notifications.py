"""Who hears of a budget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_MOST = 5


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    given = resource.value("notifications")
    if not isinstance(given, Mapping):
        return
    if len(given) > _MOST:
        yield Violation("notifications", f"{len(given)} notifications; a budget takes {_MOST}")
    for name, notification in given.items():
        if not isinstance(notification, Mapping):
            continue
        path, threshold = f"notifications.{name}", notification.get("threshold")
        if isinstance(threshold, int | float) and not 0 <= threshold <= 1000:
            yield Violation(f"{path}.threshold", f"is {threshold:g}; give a percentage from 0 to 1000")
        told = ("contactEmails", "contactRoles", "contactGroups")
        if not any(notification.get(key) for key in told):
            yield Violation(path, f"tells nobody; give one of {', '.join(told)}")


def _notification(threshold: float) -> dict[str, object]:
    return {
        "enabled": True,
        "operator": "GreaterThanOrEqualTo",
        "threshold": threshold,
        "thresholdType": "Actual",
        "contactEmails": ["owner@example.com"],
    }


RULE = Rule(
    id="BUD330",
    service="Cost Management budget",
    title="a budget has at most five notifications, and each tells somebody",
    applies_to=(tokens.BUDGET,),
    status=400,
    code="BadRequest",
    source="Azure REST spec consumption, BudgetProperties.notifications and Notification",
    check=_check,
    trips=Case((declare(tokens.BUDGET, {"notifications": {"late": _notification(1100)}}),)),
    passes=Case((declare(tokens.BUDGET, {"notifications": {"early": _notification(80)}}),)),
)
