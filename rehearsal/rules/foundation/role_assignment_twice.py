"""One principal has one role once at one scope."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import TENANT
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _key(grant: Resource) -> tuple[str, str, str]:
    role = grant.text("roleDefinitionId").lower().rpartition("/")[2]
    return grant.text("scope").lower().rstrip("/"), grant.text("principalId").lower(), role


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    key = _key(resource)
    for other in world.grouped((tokens.ROLE_ASSIGNMENT,), _key)[key] if all(key) else ():
        # A renamed assignment of the same grant collides as much as a new one; the later of the two is
        # reported.
        if other.order < resource.order and other.id != resource.id:
            yield Violation("roleAssignmentName", f"{other.urn} makes the same grant; keep one of the two")
            return


RULE = Rule(
    id="RBA002",
    service="Azure RBAC",
    title="the same grant is made once",
    applies_to=(tokens.ROLE_ASSIGNMENT,),
    status=409,
    code="RoleAssignmentExists",
    source="learn.microsoft.com azure/role-based-access-control/troubleshooting",
    check=_check,
    trips=Case(
        (
            declare(tokens.ROLE_ASSIGNMENT, name="first"),
            declare(tokens.ROLE_ASSIGNMENT, {"roleAssignmentName": "7f9619ff-8b86-d011-b42d-00c04fc964ff"}),
        )
    ),
    passes=Case(
        (
            declare(tokens.ROLE_ASSIGNMENT, name="first"),
            declare(
                tokens.ROLE_ASSIGNMENT,
                {"roleAssignmentName": "7f9619ff-8b86-d011-b42d-00c04fc964ff", "principalId": TENANT},
            ),
        )
    ),
)
