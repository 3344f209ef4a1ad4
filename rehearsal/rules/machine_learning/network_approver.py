"""A managed network approves its private endpoints as the workspace's identity."""

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

_APPROVER = built_in_role(Role.AZURE_AI_ENTERPRISE_NETWORK_CONNECTION_APPROVER).guid
_CONTRIBUTOR = built_in_role(Role.CONTRIBUTOR).guid
_PARTS = ("storageAccount", "keyVault", "containerRegistry")
_IDENTITY_ID = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-mlw-ml-dev"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    identity = world.find(resource.text("primaryUserAssignedIdentity"))
    if identity is None or resource.text("managedNetwork.isolationMode") in ("", "Disabled"):
        return
    scopes = [
        grant.text("scope").lower()
        for grant in world.of_types((tokens.ROLE_ASSIGNMENT,))
        if grant.text("principalId") == principal_id(identity.id)
        and grant.text("roleDefinitionId").lower().endswith(_APPROVER)
        and world.depends_on(resource, grant)
    ]
    for part in _PARTS:
        target = world.find(resource.text(part))
        if target is not None and not any(scope and target.id.lower().startswith(scope) for scope in scopes):
            yield Violation(
                part,
                f"{identity.urn} may not approve the managed network's private endpoint on {target.urn}; grant it "
                "Azure AI Enterprise Network Connection Approver there, before the workspace",
            )


def _case(*roles: str) -> Case:
    grants = tuple(
        declare(
            tokens.ROLE_ASSIGNMENT,
            {
                "scope": Ref("account"),
                "roleAssignmentName": f"6f9619ff-8b86-d011-b42d-00c04fc9640{index}",
                "principalId": principal_id(_IDENTITY_ID),
                "principalType": "ServicePrincipal",
                "roleDefinitionId": f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{role}",
            },
            name=f"grant-{index}",
            depends_on=("identity",),
        )
        for index, role in enumerate(roles)
    )
    workspace = {
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [_IDENTITY_ID]},
        "primaryUserAssignedIdentity": _IDENTITY_ID,
        "storageAccount": Ref("account"),
        "managedNetwork": {"isolationMode": "AllowInternetOutbound"},
    }
    return Case(
        (
            declare(tokens.IDENTITY, name="identity"),
            declare(tokens.STORAGE_ACCOUNT, name="account"),
            *grants,
            declare(
                tokens.ML_WORKSPACE, workspace, depends_on=("identity", *(grant.name for grant in grants))
            ),
        )
    )


RULE = Rule(
    id="AML024",
    service="Azure ML managed network",
    title="the workspace's identity may approve private endpoints",
    applies_to=(tokens.ML_WORKSPACE,),
    status=403,
    code="AuthorizationFailed",
    source="learn.microsoft.com machine-learning/how-to-managed-network (approval of private endpoints)",
    check=_check,
    trips=_case(_CONTRIBUTOR),
    passes=_case(_CONTRIBUTOR, _APPROVER),
)
