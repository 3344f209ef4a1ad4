"""A workspace with an identity of yours finds that identity's grants in place when it is created."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.roles import Role, built_in_role
from rehearsal.cloud.identities import principal_id
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP, SUBSCRIPTION
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_CONTRIBUTOR = (
    f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{built_in_role(Role.CONTRIBUTOR).guid}"
)
_PARTS = ("storageAccount", "keyVault", "containerRegistry", "applicationInsights")


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only for what this stack creates itself: grants on given resources may have been made elsewhere."""
    identity = world.find(resource.text("primaryUserAssignedIdentity"))
    if identity is None:
        return
    principal = principal_id(identity.id)
    granted = [
        grant.text("scope").lower()
        for grant in world.of_types((tokens.ROLE_ASSIGNMENT,))
        if grant.text("principalId") == principal and world.depends_on(resource, grant)
    ]
    for part in _PARTS:
        target = world.find(resource.text(part))
        if target is not None and not any(target.id.lower().startswith(scope) for scope in granted if scope):
            yield Violation(
                part,
                f"the primary identity {identity.urn} has no role on {target.urn} that the workspace "
                "waits for; grant it "
                "Contributor there (and data-plane roles) and put the grants into depends_on",
            )


def _grant(*, before: bool) -> Case:
    return Case(
        (
            declare(tokens.IDENTITY, name="identity"),
            declare(tokens.STORAGE_ACCOUNT, name="account"),
            declare(
                tokens.ROLE_ASSIGNMENT,
                {
                    "scope": Ref("account"),
                    "principalId": principal_id(_IDENTITY_ID),
                    "principalType": "ServicePrincipal",
                    "roleDefinitionId": _CONTRIBUTOR,
                },
                name="grant",
                depends_on=("identity",),
            ),
            declare(
                tokens.ML_WORKSPACE,
                {
                    "identity": {"type": "UserAssigned", "userAssignedIdentities": [_IDENTITY_ID]},
                    "primaryUserAssignedIdentity": _IDENTITY_ID,
                    "storageAccount": Ref("account"),
                },
                depends_on=("identity", "grant") if before else ("identity",),
            ),
        )
    )


_IDENTITY_ID = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-mlw-ml-dev"

RULE = Rule(
    id="AML012",
    service="Azure ML workspace",
    title="the primary identity's grants come before the workspace",
    applies_to=(tokens.ML_WORKSPACE,),
    status=403,
    code="AuthorizationFailed",
    source="learn.microsoft.com machine-learning/how-to-identity-based-service-authentication (user-assigned identity)",
    check=_check,
    trips=_grant(before=False),
    passes=_grant(before=True),
)
