"""Access that services keep in lists of their own, beside Azure's role assignments: Databricks permissions, grants,
entitlements and secret ACLs, Key Vault access policies, administrators of databases and clusters, federated identities.

One reader for each type; each yields (principal, its type, where, what).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from rehearsal.model.json_values import object_at, objects_at, text_at, texts_at
from rehearsal.model.values import JsonObject

_DATABRICKS = "databricks:index/"

_ENTITLEMENTS = {
    "allowClusterCreate": "may create clusters",
    "allowInstancePoolCreate": "may create pools",
    "databricksSqlAccess": "Databricks SQL",
    "workspaceAccess": "workspace",
    "workspaceConsume": "workspace, as a consumer",
}
"""terraform-provider-databricks docs/resources/entitlements.md."""

_PRINCIPALS = (("groupName", "Group"), ("userName", "User"), ("servicePrincipalName", "ServicePrincipal"))
_PRINCIPAL_IDS = (("groupId", "Group"), ("userId", "User"), ("servicePrincipalId", "ServicePrincipal"))


@dataclass(frozen=True)
class ListedAccess:
    """One line of such a list. `principal` and `where` may be ids, which the reader of the whole program names."""

    principal: str
    principal_type: str
    where: str
    what: str


def listed_access(resource_type: str, inputs: JsonObject, arm_id: str) -> Iterator[ListedAccess]:
    """What one resource's lists give; nothing for a type that keeps none."""
    reader = _READERS.get(resource_type)
    if reader is not None:
        yield from reader(inputs, arm_id)


def _permissions(inputs: JsonObject, _: str) -> Iterator[ListedAccess]:
    where = next((str(value) for key, value in sorted(inputs.items()) if key != "accessControls"), "")
    for entry in objects_at(inputs, "accessControls"):
        principal, kind = _principal(entry, _PRINCIPALS)
        yield ListedAccess(principal, kind, where, text_at(entry, "permissionLevel"))


def _grants(inputs: JsonObject, _: str) -> Iterator[ListedAccess]:
    where = _securable(inputs)
    for entry in objects_at(inputs, "grants"):
        for privilege in texts_at(entry, "privileges"):
            yield ListedAccess(text_at(entry, "principal"), "", where, privilege)


def _grant(inputs: JsonObject, _: str) -> Iterator[ListedAccess]:
    for privilege in texts_at(inputs, "privileges"):
        yield ListedAccess(text_at(inputs, "principal"), "", _securable(inputs), privilege)


def _securable(inputs: JsonObject) -> str:
    """`catalog sales`; a grant names exactly one securable."""
    own = ("grants", "principal", "privileges")
    return next((f"{key} {value}" for key, value in sorted(inputs.items()) if key not in own), "")


def _secret_acl(inputs: JsonObject, _: str) -> Iterator[ListedAccess]:
    where = f"secret scope {text_at(inputs, 'scope')}"
    yield ListedAccess(text_at(inputs, "principal"), "", where, text_at(inputs, "permission"))


def _workspace_members(inputs: JsonObject, _: str) -> Iterator[ListedAccess]:
    principal, kind = _principal(inputs, _PRINCIPALS)
    number = inputs.get("workspaceId")
    where = f"Databricks workspace {number}" if number else "the Databricks workspace"
    for permission in texts_at(inputs, "permissions"):
        yield ListedAccess(principal or str(inputs.get("principalId", "")), kind, where, permission)


def _entitlements(inputs: JsonObject, _: str) -> Iterator[ListedAccess]:
    principal, kind = _principal(inputs, _PRINCIPAL_IDS)
    for name, what in _ENTITLEMENTS.items():
        if inputs.get(name) is True:
            yield ListedAccess(principal, kind, "the Databricks workspace", what)


def _group_member(inputs: JsonObject, _: str) -> Iterator[ListedAccess]:
    yield ListedAccess(text_at(inputs, "memberId"), "", text_at(inputs, "groupId"), "member")


def _vault_policy(inputs: JsonObject, _: str) -> Iterator[ListedAccess]:
    yield from _policy(object_at(inputs, "policy"), f"key vault {text_at(inputs, 'vaultName')}")


def _vault(inputs: JsonObject, arm_id: str) -> Iterator[ListedAccess]:
    for policy in objects_at(inputs, "properties.accessPolicies"):
        yield from _policy(policy, f"key vault {arm_id.rpartition('/')[2]}")


def _policy(policy: JsonObject, where: str) -> Iterator[ListedAccess]:
    given = object_at(policy, "permissions")
    for kind in sorted(given):
        if verbs := texts_at(given, kind):
            what = f"{kind}: {', '.join(verbs)}"
            yield ListedAccess(text_at(policy, "objectId"), "", where, what)


def _federated(inputs: JsonObject, arm_id: str) -> Iterator[ListedAccess]:
    """The holder of the subject's token at the issuer acts as the identity."""
    who = f"{text_at(inputs, 'subject')} of {text_at(inputs, 'issuer')}"
    yield ListedAccess(who, "Workload", arm_id.partition("/federatedIdentityCredentials/")[0], "acts as")


def _cluster(inputs: JsonObject, arm_id: str) -> Iterator[ListedAccess]:
    for group in texts_at(inputs, "aadProfile.adminGroupObjectIDs"):
        yield ListedAccess(group, "Group", arm_id, "cluster administrator")


def _trusted(inputs: JsonObject, arm_id: str) -> Iterator[ListedAccess]:
    for role in texts_at(inputs, "roles"):
        source, where = (
            text_at(inputs, "sourceResourceId"),
            arm_id.partition("/trustedAccessRoleBindings/")[0],
        )
        yield ListedAccess(source, "", where, f"trusted access {role}")


def _administrator(inputs: JsonObject, arm_id: str) -> Iterator[ListedAccess]:
    principal = text_at(inputs, "login") or text_at(inputs, "principalName") or text_at(inputs, "sid")
    yield ListedAccess(principal, "", arm_id.partition("/administrators/")[0], "Entra administrator")


_READERS: Mapping[str, Callable[[JsonObject, str], Iterator[ListedAccess]]] = {
    f"{_DATABRICKS}permissions:Permissions": _permissions,
    f"{_DATABRICKS}grants:Grants": _grants,
    f"{_DATABRICKS}grant:Grant": _grant,
    f"{_DATABRICKS}secretAcl:SecretAcl": _secret_acl,
    f"{_DATABRICKS}permissionAssignment:PermissionAssignment": _workspace_members,
    f"{_DATABRICKS}mwsPermissionAssignment:MwsPermissionAssignment": _workspace_members,
    f"{_DATABRICKS}entitlements:Entitlements": _entitlements,
    f"{_DATABRICKS}groupMember:GroupMember": _group_member,
    "azure-native:keyvault:AccessPolicy": _vault_policy,
    "azure-native:keyvault:Vault": _vault,
    "azure-native:managedidentity:FederatedIdentityCredential": _federated,
    "azure-native:containerservice:ManagedCluster": _cluster,
    "azure-native:containerservice:TrustedAccessRoleBinding": _trusted,
    "azure-native:synapse:WorkspaceAadAdmin": _administrator,
    "azure-native:sql:ServerAzureADAdministrator": _administrator,
    "azure-native:dbforpostgresql:Administrator": _administrator,
}


def _principal(entry: JsonObject, keys: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    return next(((text_at(entry, key), kind) for key, kind in keys if entry.get(key)), ("", ""))
