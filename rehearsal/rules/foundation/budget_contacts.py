"""Action groups and roles that hear of a budget are named as Cost Management names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from azure_facts.guids import is_guid
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_ACTION_GROUP = re.compile(
    r"/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.Insights/actionGroups/[^/]+",
    re.IGNORECASE,
)


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    given = resource.value("notifications")
    for name, notification in given.items() if isinstance(given, Mapping) else ():
        if not isinstance(notification, Mapping):
            continue
        for index, group in _texts(notification.get("contactGroups")):
            if not _ACTION_GROUP.fullmatch(group):
                yield Violation(
                    f"notifications.{name}.contactGroups[{index}]",
                    f"'{group}' is no action group; give its id, "
                    "/subscriptions/…/actionGroups/NAME, and put addresses under contactEmails",
                )
        for index, role in _texts(notification.get("contactRoles")):
            if "/" in role or "@" in role or is_guid(role):
                yield Violation(
                    f"notifications.{name}.contactRoles[{index}]",
                    f"'{role}' is no role's name; give one such as Owner or Contributor",
                )


def _texts(value: object) -> Iterator[tuple[int, str]]:
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, str):
            yield index, item


def _case(group: str) -> Case:
    notification = {
        "enabled": True,
        "operator": "GreaterThanOrEqualTo",
        "threshold": 80,
        "contactEmails": ["owner@example.com"],
        "contactGroups": [group],
        "contactRoles": ["Owner"],
    }
    return Case((declare(tokens.BUDGET, {"notifications": {"early": notification}}),))


RULE = Rule(
    id="BUD340",
    service="Cost Management budget",
    title="action groups are named by their ids, roles by their names",
    applies_to=(tokens.BUDGET,),
    status=400,
    code="",
    source="Azure REST spec consumption, Notification: contactGroups are fully qualified resource ids",
    check=_check,
    trips=_case("ag-ml-dev"),
    passes=_case(f"{GROUP}/providers/Microsoft.Insights/actionGroups/ag-ml-dev"),
)
