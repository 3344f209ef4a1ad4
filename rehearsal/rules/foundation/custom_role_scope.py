"""A custom role can be assigned where it is defined."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP, SUBSCRIPTION
from rehearsal.rules.rule import Case, Declared, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    scopes = resource.value("assignableScopes")
    if scopes is None or scopes == []:
        yield Violation("assignableScopes", "a custom role needs at least one assignable scope")
    named = [str(scope).lower().rstrip("/") for scope in scopes] if isinstance(scopes, list) else []
    scope = resource.text("scope").lower().rstrip("/")
    if named and scope and not any(scope == item or scope.startswith(f"{item}/") for item in named):
        yield Violation(
            "assignableScopes", f"must include the scope '{resource.text('scope')}' that it is created at"
        )


_ROLE = Declared(
    tokens.ROLE_DEFINITION,
    {
        "roleDefinitionId": "8f9619ff-8b86-d011-b42d-00c04fc964ff",
        "roleName": "ML data scientist without compute (ml dev)",
        "scope": GROUP,
        "assignableScopes": [GROUP],
        "permissions": [{"actions": ["Microsoft.MachineLearningServices/workspaces/read"]}],
    },
)

RULE = Rule(
    id="RBA004",
    service="Azure RBAC",
    title="a custom role's assignable scopes include where it is created",
    applies_to=(tokens.ROLE_DEFINITION,),
    status=400,
    code="InvalidRoleDefinitionScope",
    source="learn.microsoft.com azure/role-based-access-control/custom-roles",
    check=_check,
    trips=Case(
        (
            Declared(
                _ROLE.type, {**_ROLE.inputs, "assignableScopes": [f"{SUBSCRIPTION}/resourceGroups/rg-other"]}
            ),
        )
    ),
    passes=Case((_ROLE,)),
)
