"""Managing roles are the ML workspace's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from azure_facts.kubernetes_scoring import SYSTEM_ASSIGNED
from azure_facts.roles import Role, built_in_role
from policies.frame.judged import Stack
from policies.frame.relations import arm_id, ends_with, hierarchical_accounts
from policies.frame.rule import (
    PROD_ONLY,
    UNKNOWN_STRING,
    Anchors,
    Outcome,
    Sample,
    Severity,
    StackCases,
    StackFinding,
    StackRule,
)

_MANAGING = {
    built_in_role(role).guid: role
    for role in (
        Role.CONTRIBUTOR,
        Role.STORAGE_ACCOUNT_CONTRIBUTOR,
        Role.STORAGE_BLOB_DATA_OWNER,
        Role.KEY_VAULT_ADMINISTRATOR,
        Role.KEY_VAULT_CONTRIBUTOR,
        Role.AKS_CLUSTER_ADMIN,
        Role.AKS_CONTRIBUTOR,
        Role.AKS_RBAC_CLUSTER_ADMIN,
        Role.AZURE_AI_ADMINISTRATOR,
    )
}
_IN_A_LAKE = {
    built_in_role(role).guid
    for role in (
        Role.READER,
        Role.STORAGE_BLOB_DATA_READER,
        Role.AZURE_AI_ENTERPRISE_NETWORK_CONNECTION_APPROVER,
    )
}
"""What the workspace's identity may be on a lake, which is none of the services under the workspace."""
_ON_A_REGISTRY = {built_in_role(Role.AZURE_AI_ENTERPRISE_NETWORK_CONNECTION_APPROVER).guid}
"""What it may be on the ML registry: its managed network asks for an endpoint there, and models come by promotion."""
_ON_THE_NETWORK = {
    "/privateendpoints/": {built_in_role(Role.READER).guid},
    "/privatelinkscopes/": {built_in_role(Role.AZURE_AI_ENTERPRISE_NETWORK_CONNECTION_APPROVER).guid},
}
"""What it may be on endpoints, through which the studio looks at data, and on the scope that telemetry goes to."""
_NOBODYS = (Role.STORAGE_BLOB_DATA_OWNER, Role.AKS_RBAC_CLUSTER_ADMIN, Role.AZURE_AI_ADMINISTRATOR)


def _check(stack: Stack) -> Iterator[StackFinding]:
    own = set(_workspace_identities(stack))
    factories = set(_factories(stack))
    clusters = set(_attached_clusters(stack))
    lakes = hierarchical_accounts(stack)
    for grant in stack.of("azure-native:authorization:RoleAssignment"):
        guid = stack.text(grant, "roleDefinitionId").rpartition("/")[2].lower()
        scope = stack.text(grant, "scope").lower()
        _, _, below = scope.partition("/storageaccounts/")
        is_own = bool(own & set(grant.dependencies))
        if is_own and below.partition("/")[0] in lakes and guid not in _IN_A_LAKE:
            yield StackFinding("the ML workspace's identity does more than look into the lake", grant.urn)
            continue
        if is_own and "machinelearningservices/registries/" in scope and guid not in _ON_A_REGISTRY:
            yield StackFinding(
                "the ML workspace's identity does more than approve its network's endpoint on the registry",
                grant.urn,
            )
            continue
        if is_own and any(place in scope and guid not in roles for place, roles in _ON_THE_NETWORK.items()):
            yield StackFinding("the ML workspace's identity does more than its network needs", grant.urn)
            continue
        role = _MANAGING.get(guid)
        if role and role in _NOBODYS:
            yield StackFinding(f"{role.value} is granted: nothing here needs it", grant.urn)
            continue
        starts_clusters = "/microsoft.databricks/workspaces/" in scope
        allowed = own | (factories if starts_clusters else set())
        if role is Role.STORAGE_ACCOUNT_CONTRIBUTOR:
            allowed |= clusters
        if (
            role
            and stack.text(grant, "principalType") == "ServicePrincipal"
            and not allowed & set(grant.dependencies)
        ):
            yield StackFinding(
                f"{role.value} is granted to another than the ML workspace's identity", grant.urn
            )


def _factories(stack: Stack) -> Iterator[str]:
    """URNs of data factories, whose own identity is made with them, and of the identities that they are given."""
    given: list[str] = []
    for factory in stack.of("azure-native:datafactory:Factory"):
        yield factory.urn
        identities = stack.read(factory, lambda asked: asked.value("identity.userAssignedIdentities"), None)
        given += [str(one) for one in identities] if isinstance(identities, Mapping | Sequence) else []
    for identity in stack.of("azure-native:managedidentity:UserAssignedIdentity"):
        end = arm_id(stack, identity)
        if any(ends_with(name, end) for name in given):
            yield identity.urn


def _workspace_identities(stack: Stack) -> Iterator[str]:
    """URNs of the identities that are the primary one of an ML workspace."""
    primary = [
        stack.text(workspace, "primaryUserAssignedIdentity")
        for workspace in stack.of("azure-native:machinelearningservices:Workspace")
    ]
    for identity in stack.of("azure-native:managedidentity:UserAssignedIdentity"):
        end = arm_id(stack, identity)
        if any(ends_with(name, end) for name in primary):
            yield identity.urn


def _attached_clusters(stack: Stack) -> Iterator[str]:
    """URNs of attached clusters with an identity of their own, which pages give this role on closed storage
    (azure_facts.kubernetes_scoring)."""
    for compute in stack.of("azure-native:machinelearningservices:Compute"):
        if (
            stack.text(compute, "properties.computeType") == "Kubernetes"
            and stack.text(compute, "identity.type") == SYSTEM_ASSIGNED
        ):
            yield compute.urn


_ID = "/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id"
_IDENTITY = Sample(
    "azure-native:managedidentity:UserAssignedIdentity",
    {"resourceGroupName": "g", "resourceName": "id"},
    name="identity",
)
_CONTRIBUTOR = {
    "roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.CONTRIBUTOR).guid}",
    "principalType": "ServicePrincipal",
}
_WORKSPACE = Sample(
    "azure-native:machinelearningservices:Workspace", {"primaryUserAssignedIdentity": _ID}, name="w"
)

RULE = StackRule(
    id="AMLP-AC-013",
    title="Managing roles are the ML workspace's own",
    severity=Severity.HIGH,
    check=_check,
    why=(
        "Contributor on a vault, an account or a workspace changes its firewall, its keys and its "
        "identity; only the workspace's identity is documented to need it, on the services under it, and a Data "
        "Factory's on the Databricks workspace whose clusters it starts. In a lake the workspace's identity looks, "
        "on the ML registry and the private link scope it approves its network's endpoints, and it reads those of its "
        "account. An attached cluster's own identity is a Storage Account Contributor where storage is closed."
    ),
    fix="Grant a data role instead",
    anchors=Anchors(
        benchmark=("PA-7",),
        source="learn.microsoft.com machine-learning how-to-identity-based-service-authentication",
    ),
    kinds=PROD_ONLY,
    cases=StackCases(
        allowed=(
            _IDENTITY,
            _WORKSPACE,
            Sample(
                "azure-native:authorization:RoleAssignment",
                _CONTRIBUTOR,
                name="grant",
                dependencies=("identity",),
            ),
            Sample(
                "azure-native:managedidentity:UserAssignedIdentity",
                {"resourceGroupName": "g", "resourceName": "caller"},
                name="caller",
            ),
            Sample(
                "azure-native:datafactory:Factory",
                {"identity": {"userAssignedIdentities": {f"{_ID[:-2]}caller": {}}}},
                name="factory",
            ),
            Sample(
                "azure-native:authorization:RoleAssignment",
                {**_CONTRIBUTOR, "scope": "/resourceGroups/g/providers/Microsoft.Databricks/workspaces/w"},
                name="calls",
                dependencies=("caller",),
            ),
            Sample(
                "azure-native:machinelearningservices:Compute",
                {"properties": {"computeType": "Kubernetes"}, "identity": {"type": SYSTEM_ASSIGNED}},
                name="cluster",
            ),
            Sample(
                "azure-native:authorization:RoleAssignment",
                {
                    "roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.STORAGE_ACCOUNT_CONTRIBUTOR).guid}",
                    "principalType": "ServicePrincipal",
                },
                name="cluster-grant",
                dependencies=("cluster",),
            ),
        ),
        denied=(
            _IDENTITY,
            _WORKSPACE,
            Sample("azure-native:authorization:RoleAssignment", _CONTRIBUTOR, name="grant"),
        ),
        omitted=(Sample("azure-native:authorization:RoleAssignment", {"principalType": "ServicePrincipal"}),),
        unknown=(Sample("azure-native:authorization:RoleAssignment", {"roleDefinitionId": UNKNOWN_STRING}),),
        omitted_is=Outcome.PASSED,
    ),
)
