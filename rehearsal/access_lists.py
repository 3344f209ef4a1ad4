"""Access that services keep in lists of their own, beside Azure's role assignments: Databricks permissions, grants,
entitlements and secret ACLs, Key Vault access policies, administrators of databases and clusters, federated identities.

One reader for each type; each yields (principal, its type, where, what).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

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

Inputs = Mapping[str, object]


@dataclass(frozen=True)
class ListedAccess:
    """One line of such a list. `principal` and `where` may be ids, which the reader of the whole program names."""

    principal: str
    principal_type: str
    where: str
    what: str


def listed_access(resource_type: str, inputs: Inputs, arm_id: str) -> Iterator[ListedAccess]:
    """What one resource's lists give; nothing for a type that keeps none."""
    reader = _READERS.get(resource_type)
    if reader is not None:
        yield from reader(inputs, arm_id)


def _permissions(inputs: Inputs, _: str) -> Iterator[ListedAccess]:
    where = next((str(value) for key, value in sorted(inputs.items()) if key != "accessControls"), "")
    for entry in _entries(inputs, "accessControls"):
        principal, kind = _principal(entry, _PRINCIPALS)
        yield ListedAccess(principal, kind, where, _text(entry, "permissionLevel"))


def _grants(inputs: Inputs, _: str) -> Iterator[ListedAccess]:
    where = _securable(inputs)
    for entry in _entries(inputs, "grants"):
        for privilege in _texts(entry, "privileges"):
            yield ListedAccess(_text(entry, "principal"), "", where, privilege)


def _grant(inputs: Inputs, _: str) -> Iterator[ListedAccess]:
    for privilege in _texts(inputs, "privileges"):
        yield ListedAccess(_text(inputs, "principal"), "", _securable(inputs), privilege)


def _securable(inputs: Inputs) -> str:
    """`catalog sales`; a grant names exactly one securable."""
    own = ("grants", "principal", "privileges")
    return next((f"{key} {value}" for key, value in sorted(inputs.items()) if key not in own), "")


def _secret_acl(inputs: Inputs, _: str) -> Iterator[ListedAccess]:
    where = f"secret scope {_text(inputs, 'scope')}"
    yield ListedAccess(_text(inputs, "principal"), "", where, _text(inputs, "permission"))


def _workspace_members(inputs: Inputs, _: str) -> Iterator[ListedAccess]:
    principal, kind = _principal(inputs, _PRINCIPALS)
    number = inputs.get("workspaceId")
    where = f"Databricks workspace {number}" if number else "the Databricks workspace"
    for permission in _texts(inputs, "permissions"):
        yield ListedAccess(principal or str(inputs.get("principalId", "")), kind, where, permission)


def _entitlements(inputs: Inputs, _: str) -> Iterator[ListedAccess]:
    principal, kind = _principal(inputs, _PRINCIPAL_IDS)
    for name, what in _ENTITLEMENTS.items():
        if inputs.get(name) is True:
            yield ListedAccess(principal, kind, "the Databricks workspace", what)


def _group_member(inputs: Inputs, _: str) -> Iterator[ListedAccess]:
    yield ListedAccess(_text(inputs, "memberId"), "", _text(inputs, "groupId"), "member")


def _vault_policy(inputs: Inputs, _: str) -> Iterator[ListedAccess]:
    policy = inputs.get("policy")
    if isinstance(policy, Mapping):
        yield from _policy(policy, f"key vault {_text(inputs, 'vaultName')}")


def _vault(inputs: Inputs, arm_id: str) -> Iterator[ListedAccess]:
    properties = inputs.get("properties")
    if isinstance(properties, Mapping):
        for policy in _entries(properties, "accessPolicies"):
            yield from _policy(policy, f"key vault {arm_id.rpartition('/')[2]}")


def _policy(policy: Inputs, where: str) -> Iterator[ListedAccess]:
    given = policy.get("permissions")
    for kind, verbs in sorted(given.items()) if isinstance(given, Mapping) else ():
        if isinstance(verbs, list) and verbs:
            what = f"{kind}: {', '.join(str(verb) for verb in verbs)}"
            yield ListedAccess(_text(policy, "objectId"), "", where, what)


def _federated(inputs: Inputs, arm_id: str) -> Iterator[ListedAccess]:
    """Whoever holds the subject's token at the issuer acts as the identity."""
    who = f"{_text(inputs, 'subject')} of {_text(inputs, 'issuer')}"
    yield ListedAccess(who, "Workload", arm_id.partition("/federatedIdentityCredentials/")[0], "acts as")


def _cluster(inputs: Inputs, arm_id: str) -> Iterator[ListedAccess]:
    profile = inputs.get("aadProfile")
    if isinstance(profile, Mapping):
        for group in _texts(profile, "adminGroupObjectIDs"):
            yield ListedAccess(group, "Group", arm_id, "cluster administrator")


def _trusted(inputs: Inputs, arm_id: str) -> Iterator[ListedAccess]:
    for role in _texts(inputs, "roles"):
        source, where = _text(inputs, "sourceResourceId"), arm_id.partition("/trustedAccessRoleBindings/")[0]
        yield ListedAccess(source, "", where, f"trusted access {role}")


def _administrator(inputs: Inputs, arm_id: str) -> Iterator[ListedAccess]:
    principal = _text(inputs, "login") or _text(inputs, "principalName") or _text(inputs, "sid")
    yield ListedAccess(principal, "", arm_id.partition("/administrators/")[0], "Entra administrator")


_READERS: Mapping[str, Callable[[Inputs, str], Iterator[ListedAccess]]] = {
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


def _principal(entry: Inputs, keys: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    return next(((_text(entry, key), kind) for key, kind in keys if entry.get(key)), ("", ""))


def _entries(values: Inputs, key: str) -> Iterator[Inputs]:
    found = values.get(key)
    if isinstance(found, list):
        yield from (entry for entry in found if isinstance(entry, Mapping))


def _text(values: Inputs, key: str) -> str:
    found = values.get(key)
    return found if isinstance(found, str) else ""


def _texts(values: Inputs, key: str) -> list[str]:
    found = values.get(key)
    return [str(entry) for entry in found] if isinstance(found, list) else []
