"""A workspace with an identity of yours attaches a cluster on which that identity has roles."""

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

_ROLES = {
    role: built_in_role(role).guid
    for role in (Role.READER, Role.KUBERNETES_EXTENSION_CONTRIBUTOR, Role.AKS_CLUSTER_ADMIN)
}
_CONTRIBUTOR = built_in_role(Role.CONTRIBUTOR).guid
_IDENTITY_ID = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-mlw-ml-dev"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only where workspace, identity and cluster are of this stack. Contributor includes what a Reader may."""
    workspace = world.find(resource.id.partition("/computes/")[0])
    identity = world.find(workspace.text("primaryUserAssignedIdentity")) if workspace else None
    cluster = world.find(resource.text("properties.resourceId"))
    if identity is None or cluster is None or resource.text("properties.computeType") != "Kubernetes":
        return
    granted = {
        grant.text("roleDefinitionId").lower().rpartition("/")[2]
        for grant in world.of_types((tokens.ROLE_ASSIGNMENT,))
        if grant.text("principalId") == principal_id(identity.id)
        and (scope := grant.text("scope").lower())
        and cluster.id.lower().startswith(scope)
        and world.depends_on(resource, grant)
    }
    if _CONTRIBUTOR in granted:
        granted.add(_ROLES[Role.READER])
    missing = [name for name, guid in _ROLES.items() if guid not in granted]
    if missing:
        yield Violation(
            "properties.resourceId",
            f"waits for no grant of {', '.join(missing)} on {cluster.urn} to {identity.urn}; "
            "grant it before the attach, and put it into depends_on",
        )


def _case(roles: tuple[str, ...]) -> Case:
    grants = tuple(
        declare(
            tokens.ROLE_ASSIGNMENT,
            {
                "scope": Ref("workspace" if role == _CONTRIBUTOR else "cluster"),
                "roleAssignmentName": f"6f9619ff-8b86-d011-b42d-00c04fc9640{index}",
                "principalId": principal_id(_IDENTITY_ID),
                "principalType": "ServicePrincipal",
                "roleDefinitionId": f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{role}",
            },
            name=f"grant-{index}",
            depends_on=("identity",),
        )
        for index, role in enumerate((_CONTRIBUTOR, *roles))
    )
    workspace = {
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [_IDENTITY_ID]},
        "primaryUserAssignedIdentity": _IDENTITY_ID,
    }
    attach = {
        "computeType": "Kubernetes",
        "resourceId": Ref("cluster"),
        "properties": {"namespace": "default"},
    }
    return Case(
        (
            declare(tokens.IDENTITY, name="identity"),
            declare(tokens.AKS, {"agentPoolProfiles[0].count": 3}, name="cluster"),
            declare(tokens.EXTENSION, name="extension", depends_on=("cluster",)),
            declare(tokens.ML_WORKSPACE, workspace, name="workspace", depends_on=("identity",)),
            *grants,
            declare(
                tokens.ML_COMPUTE,
                {"computeName": "aks", "properties": attach},
                depends_on=("workspace", "extension", *(grant.name for grant in grants)),
            ),
        )
    )


RULE = Rule(
    id="AML028",
    service="Azure ML compute",
    title="the workspace's identity has its roles on the cluster before the attach",
    applies_to=(tokens.ML_COMPUTE,),
    status=403,
    code="AuthorizationFailed",
    source="learn.microsoft.com machine-learning/how-to-attach-kubernetes-to-workspace (prerequisites)",
    check=_check,
    trips=_case((_ROLES[Role.READER],)),
    passes=_case(tuple(_ROLES.values())),
)
