"""Each kind of object has its own permission levels, and admins are never listed."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.databricks_permissions import levels_by_argument
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_LEVELS = levels_by_argument()


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    objects = [name for name in _LEVELS if resource.value(name) is not None or resource.is_unknown(name)]
    for index, control in enumerate(resource.items("accessControls")):
        level = control.get("permissionLevel")
        for name in objects[:1]:
            if level not in _LEVELS[name]:
                yield Violation(
                    f"accessControls[{index}].permissionLevel",
                    f"'{level}' must be one of {', '.join(_LEVELS[name])}",
                )
        if control.get("groupName") == "admins":
            yield Violation(
                f"accessControls[{index}].groupName", "admins always have all rights and must not be listed"
            )


RULE = Rule(
    id="DBX012",
    service="Databricks permissions",
    title="levels that the object has; no admins",
    applies_to=(tokens.PERMISSIONS,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/permissions.md",
    check=_check,
    trips=Case((declare(tokens.PERMISSIONS, {"accessControls[0].permissionLevel": "CAN_MANAGE"}),)),
    passes=Case((declare(tokens.PERMISSIONS),)),
)
