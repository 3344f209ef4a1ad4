"""The groups users and admins are Databricks' own: nobody changes what they are entitled to."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.databricks_groups import SYSTEM_GROUPS, SYSTEM_GROUPS_SOURCE
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.system_groups import SYSTEM_GROUP_IDS
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.entitled import ENTITLEMENTS
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_NAMES = {group_id: name for name, group_id in SYSTEM_GROUP_IDS.items()}


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    if resource.type == tokens.ENTITLEMENTS:
        name = _system_group(resource.text("groupId"), world)
        if name:
            yield Violation("groupId", _fixed(name))
    elif resource.type == tokens.GROUP_MEMBER:
        name = _system_group(resource.text("memberId"), world)
        if name:
            yield Violation(
                "memberId",
                f"is the group {name}, which can be a member of no other; add its members' own groups",
            )
    elif resource.text("displayName") in SYSTEM_GROUPS:
        for entitlement in ENTITLEMENTS:
            if resource.value(entitlement) is not None:
                yield Violation(entitlement, _fixed(resource.text("displayName")))


def _fixed(name: str) -> str:
    return (
        f"changes the group {name}, whose entitlements are fixed: users has none, admins has all; give each group and "
        "service principal its own"
    )


def _system_group(group_id: str, world: World) -> str:
    """Its name, whether looked up or taken over; empty for any other group."""
    if group_id in _NAMES:
        return _NAMES[group_id]
    named = [item.text("displayName") for item in world.of_types((tokens.GROUP,)) if item.id == group_id]
    return next((name for name in named if name in SYSTEM_GROUPS), "")


def _case(group_id: str) -> Case:
    return Case((Declared(tokens.ENTITLEMENTS, {"groupId": group_id, "workspaceAccess": True}),))


RULE = Rule(
    id="DBX280",
    service="Databricks entitlements",
    title="the system groups users and admins stay as they are",
    applies_to=(tokens.ENTITLEMENTS, tokens.GROUP, tokens.GROUP_MEMBER),
    status=0,
    code="",
    source=str(SYSTEM_GROUPS_SOURCE),
    check=_check,
    trips=_case(SYSTEM_GROUP_IDS["users"]),
    passes=_case("1234567890"),
    severity=Severity.WARNING,
)
