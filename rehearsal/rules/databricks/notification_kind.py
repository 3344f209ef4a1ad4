"""A notification destination leads to one place."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_DESTINATION = "databricks:index/notificationDestination:NotificationDestination"
_KINDS = ("email", "genericWebhook", "microsoftTeams", "pagerduty", "slack")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    given = [kind for kind in _KINDS if resource.value(f"config.{kind}") is not None]
    if len(given) != 1 and not resource.is_unknown("config"):
        yield Violation(
            "config", f"holds {' and '.join(given) or 'nothing'}; give one of {', '.join(_KINDS)}"
        )


def _case(more: dict[str, object]) -> Case:
    config = {"email": {"addresses": ["ml-platform@example.com"]}, **more}
    return Case((Declared(_DESTINATION, {"displayName": "on-call", "config": config}),))


RULE = Rule(
    id="DBX155",
    service="Databricks notification destination",
    title="one kind for each destination",
    applies_to=(_DESTINATION,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/notification_destination.md",
    check=_check,
    trips=_case({"slack": {"url": "https://hooks.example.com/x"}}),
    passes=_case({}),
)
