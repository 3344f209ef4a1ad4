"""Azure's built-in roles: their names, their GUIDs (the same in every tenant) and what each permits.

Holds the roles of the services that a machine-learning and data platform meets, not all of Azure's; the table is
`data/built_in_roles.json`. Does not own custom roles, nor who holds what.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from azure_facts.data_files import FactsError, read_json
from azure_facts.source import Source


class UnknownRoleError(ValueError):
    """No built-in role of the table has this name or GUID. The text names the nearest ones."""


class Role(StrEnum):
    """The built-in roles that code names, by their exact display name; all others are found by `built_in_role`."""

    OWNER = "Owner"
    CONTRIBUTOR = "Contributor"
    READER = "Reader"
    USER_ACCESS_ADMINISTRATOR = "User Access Administrator"
    ROLE_BASED_ACCESS_CONTROL_ADMINISTRATOR = "Role Based Access Control Administrator"
    LOCKS_CONTRIBUTOR = "Locks Contributor"

    AZUREML_DATA_SCIENTIST = "AzureML Data Scientist"
    AZUREML_COMPUTE_OPERATOR = "AzureML Compute Operator"
    AZUREML_REGISTRY_USER = "AzureML Registry User"
    AZURE_AI_ADMINISTRATOR = "Azure AI Administrator"
    AZURE_AI_ENTERPRISE_NETWORK_CONNECTION_APPROVER = "Azure AI Enterprise Network Connection Approver"
    COGNITIVE_SERVICES_USER = "Cognitive Services User"

    STORAGE_ACCOUNT_CONTRIBUTOR = "Storage Account Contributor"
    STORAGE_BLOB_DATA_OWNER = "Storage Blob Data Owner"
    STORAGE_BLOB_DATA_CONTRIBUTOR = "Storage Blob Data Contributor"
    STORAGE_BLOB_DATA_READER = "Storage Blob Data Reader"
    STORAGE_FILE_DATA_PRIVILEGED_CONTRIBUTOR = "Storage File Data Privileged Contributor"
    STORAGE_QUEUE_DATA_CONTRIBUTOR = "Storage Queue Data Contributor"
    STORAGE_TABLE_DATA_CONTRIBUTOR = "Storage Table Data Contributor"
    STORAGE_ACCOUNT_BACKUP_CONTRIBUTOR = "Storage Account Backup Contributor"

    KEY_VAULT_ADMINISTRATOR = "Key Vault Administrator"
    KEY_VAULT_CONTRIBUTOR = "Key Vault Contributor"
    KEY_VAULT_READER = "Key Vault Reader"
    KEY_VAULT_SECRETS_OFFICER = "Key Vault Secrets Officer"
    KEY_VAULT_SECRETS_USER = "Key Vault Secrets User"
    KEY_VAULT_CRYPTO_USER = "Key Vault Crypto User"
    KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER = "Key Vault Crypto Service Encryption User"

    ACR_PULL = "AcrPull"
    ACR_PUSH = "AcrPush"

    AKS_CONTRIBUTOR = "Azure Kubernetes Service Contributor Role"
    AKS_CLUSTER_ADMIN = "Azure Kubernetes Service Cluster Admin Role"
    AKS_CLUSTER_USER = "Azure Kubernetes Service Cluster User Role"
    AKS_RBAC_READER = "Azure Kubernetes Service RBAC Reader"
    AKS_RBAC_ADMIN = "Azure Kubernetes Service RBAC Admin"
    AKS_RBAC_CLUSTER_ADMIN = "Azure Kubernetes Service RBAC Cluster Admin"
    KUBERNETES_EXTENSION_CONTRIBUTOR = "Kubernetes Extension Contributor"

    NETWORK_CONTRIBUTOR = "Network Contributor"
    PRIVATE_DNS_ZONE_CONTRIBUTOR = "Private DNS Zone Contributor"
    MANAGED_IDENTITY_OPERATOR = "Managed Identity Operator"

    MONITORING_CONTRIBUTOR = "Monitoring Contributor"
    MONITORING_READER = "Monitoring Reader"
    LOG_ANALYTICS_READER = "Log Analytics Reader"
    COST_MANAGEMENT_READER = "Cost Management Reader"


@dataclass(frozen=True)
class Permission:
    """One entry of a role's `permissions`. `*` in an operation matches any text, in whatever case, and as a whole
    segment none at all: AzureML Data Scientist, who may create no compute, is denied `workspaces/computes/*/write`,
    and creating one is `workspaces/computes/write` (learn.microsoft.com azure/machine-learning/how-to-assign-roles).

    `condition` is Azure's text of a limit on what the entry gives (a role may let its holder assign certain roles
    only); empty for none.
    """

    actions: tuple[str, ...] = ()
    not_actions: tuple[str, ...] = ()
    data_actions: tuple[str, ...] = ()
    not_data_actions: tuple[str, ...] = ()
    condition: str = ""

    def permits(self, operation: str, *, data: bool = False) -> bool:
        """Whether this entry gives an operation; its condition is not evaluated.

        Control and data plane are apart: `Microsoft.Storage/*` among the actions opens no blob
        (learn.microsoft.com azure/role-based-access-control/role-definitions).
        """
        given, taken = (
            (self.data_actions, self.not_data_actions) if data else (self.actions, self.not_actions)
        )
        return _matches(given, operation) and not _matches(taken, operation)


@dataclass(frozen=True)
class BuiltInRole:
    """One built-in role."""

    name: str
    guid: str
    permissions: tuple[Permission, ...]
    source: Source

    @property
    def operations(self) -> Iterator[str]:
        """Every action and data action that it gives, wildcards as they are."""
        for permission in self.permissions:
            yield from permission.actions
            yield from permission.data_actions


def permits(role: BuiltInRole, operation: str, *, data: bool = False) -> bool:
    """Whether a holder of the role may do an operation. Entries add up: what one excludes another may give, as with
    several roles of one principal. Conditions are not evaluated."""
    return any(permission.permits(operation, data=data) for permission in role.permissions)


def built_in_role(name_or_id: str) -> BuiltInRole:
    """The role of this name, GUID or ARM id of a role definition, in whatever case. Raises `UnknownRoleError`."""
    wanted = name_or_id.strip().lower()
    guid = wanted.rpartition("/")[2] if "/roledefinitions/" in wanted else wanted
    found = built_in_roles().get(guid) or _by_name().get(wanted)
    if found is None:
        names = [role.name for role in built_in_roles().values()]
        near = difflib.get_close_matches(wanted, [name.lower() for name in names], n=3)
        hint = ", ".join(name for name in names if name.lower() in near)
        raise UnknownRoleError(
            f"{name_or_id!r} is no built-in role that is known here"
            + (f"; nearest: {hint}" if hint else "; custom roles go by the GUID of their definition")
        )
    return found


@cache
def built_in_roles() -> Mapping[str, BuiltInRole]:
    """The table, by GUID in lower case. Raises `FactsError`: its file is missing or of another form."""
    document = read_json("built_in_roles.json")
    if not isinstance(document, Mapping):
        raise FactsError("azure_facts/data/built_in_roles.json is no mapping; install the package again")
    roles = document.get("roles")
    if not isinstance(roles, Mapping) or not roles:
        raise FactsError("azure_facts/data/built_in_roles.json has no roles; install the package again")
    source = Source(str(document["page"]), datetime.date.fromisoformat(str(document["read"])))
    return MappingProxyType(
        {
            str(row["id"]): BuiltInRole(
                str(name), str(row["id"]), tuple(_permission(entry) for entry in row["permissions"]), source
            )
            for name, row in roles.items()
        }
    )


def _permission(entry: Mapping[str, object]) -> Permission:
    return Permission(
        _texts(entry, "actions"),
        _texts(entry, "notActions"),
        _texts(entry, "dataActions"),
        _texts(entry, "notDataActions"),
        str(entry.get("condition", "")),
    )


def _texts(entry: Mapping[str, object], key: str) -> tuple[str, ...]:
    found = entry.get(key, ())
    return tuple(str(item) for item in found) if isinstance(found, list) else ()


@cache
def _by_name() -> Mapping[str, BuiltInRole]:
    return {role.name.lower(): role for role in built_in_roles().values()}


def _matches(patterns: tuple[str, ...], operation: str) -> bool:
    return any(_compiled(pattern).fullmatch(operation) for pattern in patterns)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    escaped = re.escape(pattern).replace(r"/\*/", "/(?:.*/)?").replace(r"\*", ".*")
    return re.compile(escaped, re.IGNORECASE)
