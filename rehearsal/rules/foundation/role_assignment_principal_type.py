"""A grant to an identity says that it is one."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.cloud.identities import principal_id
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation

_IDENTITY_ID = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-mlw-ml-dev"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Without the type, Azure looks the principal up in a directory replica that may not know it yet."""
    kind = resource.text("principalType")
    if kind == "ServicePrincipal" or not _is_identity(resource.text("principalId"), world):
        return
    yield Violation(
        "principalType",
        f"{f'{kind!r}' if kind else 'missing'} for a managed identity; set 'ServicePrincipal', else a first deployment "
        "fails with PrincipalNotFound until the directory has replicated",
    )


def _is_identity(principal: str, world: World) -> bool:
    return bool(principal) and any(
        identity.outputs.get("principalId") == principal for identity in world.of_types((tokens.IDENTITY,))
    )


def _case(changes: dict[str, object]) -> Case:
    return Case(
        (
            declare(tokens.IDENTITY, name="identity"),
            declare(
                tokens.ROLE_ASSIGNMENT,
                {"principalId": principal_id(_IDENTITY_ID), **changes},
                depends_on=("identity",),
            ),
        )
    )


RULE = Rule(
    id="RBA003",
    service="Azure RBAC",
    title="grants to identities state principalType ServicePrincipal",
    applies_to=(tokens.ROLE_ASSIGNMENT,),
    status=400,
    code="PrincipalNotFound",
    source="learn.microsoft.com azure/role-based-access-control/troubleshooting (new service principal)",
    check=_check,
    trips=_case({"principalType": REMOVE}),
    passes=_case({"principalType": "ServicePrincipal"}),
)
