"""An object has one list of permissions, with each principal once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PRINCIPALS = ("groupName", "userName", "servicePrincipalName")


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    named = Counter(
        (kind, str(control[kind]))
        for control in resource.items("accessControls")
        for kind in _PRINCIPALS
        if control.get(kind)
    )
    for (_, principal), count in named.items():
        if count > 1:
            yield Violation(
                "accessControls",
                f"'{principal}' is listed {count} times; keep one level: the service keeps one, and the rest drifts",
            )
    for other in world.of_types((tokens.PERMISSIONS,)):
        same = other.id == resource.id and other.provider_urn == resource.provider_urn
        if resource.id and same and other.order < resource.order:
            yield Violation(
                "",
                f"{other.urn} holds the permissions of the same object; each would undo the other: merge the two",
            )


RULE = Rule(
    id="DBX103",
    service="Databricks permissions",
    title="one list for each object, one level for each principal",
    applies_to=(tokens.PERMISSIONS,),
    status=0,
    code="",
    source="terraform-provider-databricks docs/resources/permissions.md (authoritative: each overwrites the other's, "
    "without an error)",
    check=_check,
    trips=Case(
        (
            declare(
                tokens.PERMISSIONS,
                {
                    "accessControls": [
                        {"groupName": "data-scientists", "permissionLevel": "CAN_USE"},
                        {"groupName": "data-scientists", "permissionLevel": "CAN_USE"},
                    ]
                },
            ),
        )
    ),
    passes=Case((declare(tokens.PERMISSIONS),)),
    severity=Severity.WARNING,
)
