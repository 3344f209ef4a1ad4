"""A role assignment is named by a GUID and grants to an object id."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.guids import is_guid
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for path, what in (("roleAssignmentName", "the name"), ("principalId", "the object id of a principal")):
        text = resource.text(path)
        if text and not is_guid(text):
            yield Violation(path, f"'{text}' must be a GUID: {what}")


RULE = Rule(
    id="RBA001",
    service="Azure RBAC",
    title="name and principal of a role assignment are GUIDs",
    applies_to=(tokens.ROLE_ASSIGNMENT,),
    status=400,
    code="InvalidRoleAssignmentId",
    source="learn.microsoft.com azure/role-based-access-control/troubleshooting",
    check=_check,
    trips=Case((declare(tokens.ROLE_ASSIGNMENT, {"roleAssignmentName": "reader-for-analysts"}),)),
    passes=Case((declare(tokens.ROLE_ASSIGNMENT),)),
)
