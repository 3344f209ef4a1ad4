"""A workspace's own identity makes its compute, and needs a role on the workspace for it."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.roles import Role, built_in_role
from rehearsal.cloud.identities import principal_id
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import (
    GROUP,
    SUBSCRIPTION,
)
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_CONTRIBUTOR = built_in_role(Role.CONTRIBUTOR).guid
_IDENTITY_ID = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-mlw-ml-dev"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only where workspace and identity are of this stack, and no role is granted above the workspace."""
    workspace = world.find(resource.id.partition("/computes/")[0])
    identity = world.find(workspace.text("primaryUserAssignedIdentity")) if workspace else None
    if workspace is None or identity is None:
        return
    principal = principal_id(identity.id)
    for grant in world.of_types((tokens.ROLE_ASSIGNMENT,)):
        scope = grant.text("scope").lower()
        if (
            grant.text("principalId") == principal
            and grant.text("roleDefinitionId").lower().endswith(_CONTRIBUTOR)
            and scope
            and workspace.id.lower().startswith(scope)
            and world.depends_on(resource, grant)
        ):
            return
    yield Violation(
        "workspaceName",
        f"waits for no grant of Contributor on {workspace.urn} to its identity {identity.urn}; grant it after the "
        "workspace and before compute",
    )


def _case(*, waits: bool) -> Case:
    grant = {
        "scope": Ref("workspace"),
        "principalId": principal_id(_IDENTITY_ID),
        "principalType": "ServicePrincipal",
        "roleDefinitionId": f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{_CONTRIBUTOR}",
    }
    workspace = {
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [_IDENTITY_ID]},
        "primaryUserAssignedIdentity": _IDENTITY_ID,
    }
    return Case(
        (
            declare(tokens.IDENTITY, name="identity"),
            declare(tokens.ML_WORKSPACE, workspace, name="workspace", depends_on=("identity",)),
            declare(tokens.ROLE_ASSIGNMENT, grant, name="grant", depends_on=("identity",)),
            declare(tokens.ML_COMPUTE, depends_on=("workspace", "grant") if waits else ("workspace",)),
        )
    )


RULE = Rule(
    id="AML023",
    service="Azure ML compute",
    title="compute waits for the workspace identity's role on the workspace",
    applies_to=(tokens.ML_COMPUTE,),
    status=403,
    code="AuthorizationFailed",
    source="learn.microsoft.com machine-learning/how-to-identity-based-service-authentication (user-assigned identity)",
    check=_check,
    trips=_case(waits=False),
    passes=_case(waits=True),
)
