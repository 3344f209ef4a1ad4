"""Azure's built-in roles as a table, and how role assignments are named and merged.

Does not own custom roles (their definitions live in `infra.access`); a grant takes their GUID. All rows
are from learn.microsoft.com role-based-access-control/built-in-roles (page of 2026-04-09), but for `writes`,
which is our reading of each description.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

_PAGE = "learn.microsoft.com role-based-access-control/built-in-roles"
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

# Any fixed GUID will do; it must never change, because every role assignment's name follows from it.
_ASSIGNMENT_NAMESPACE = uuid.UUID("5f2a7f0e-6d0b-4c7e-9a5d-3f6f0c1f7b52")


class RoleError(ValueError):
    """A grant names no role or lacks a piece; the text says what would be right."""


class Role(StrEnum):
    """Built-in roles by their exact display name."""

    OWNER = "Owner"
    CONTRIBUTOR = "Contributor"
    READER = "Reader"
    USER_ACCESS_ADMINISTRATOR = "User Access Administrator"
    ROLE_BASED_ACCESS_CONTROL_ADMINISTRATOR = "Role Based Access Control Administrator"
    LOCKS_CONTRIBUTOR = "Locks Contributor"

    AZUREML_DATA_SCIENTIST = "AzureML Data Scientist"
    AZUREML_COMPUTE_OPERATOR = "AzureML Compute Operator"
    AZUREML_REGISTRY_USER = "AzureML Registry User"
    AZUREML_METRICS_WRITER = "AzureML Metrics Writer (preview)"
    AZURE_AI_ADMINISTRATOR = "Azure AI Administrator"
    AZURE_AI_ENTERPRISE_NETWORK_CONNECTION_APPROVER = "Azure AI Enterprise Network Connection Approver"
    COGNITIVE_SERVICES_CONTRIBUTOR = "Cognitive Services Contributor"
    COGNITIVE_SERVICES_USER = "Cognitive Services User"

    STORAGE_ACCOUNT_CONTRIBUTOR = "Storage Account Contributor"
    STORAGE_BLOB_DATA_OWNER = "Storage Blob Data Owner"
    STORAGE_BLOB_DATA_CONTRIBUTOR = "Storage Blob Data Contributor"
    STORAGE_BLOB_DATA_READER = "Storage Blob Data Reader"
    STORAGE_BLOB_DELEGATOR = "Storage Blob Delegator"
    STORAGE_FILE_DATA_PRIVILEGED_CONTRIBUTOR = "Storage File Data Privileged Contributor"
    STORAGE_FILE_DATA_PRIVILEGED_READER = "Storage File Data Privileged Reader"
    STORAGE_QUEUE_DATA_CONTRIBUTOR = "Storage Queue Data Contributor"
    STORAGE_QUEUE_DATA_READER = "Storage Queue Data Reader"
    STORAGE_TABLE_DATA_CONTRIBUTOR = "Storage Table Data Contributor"
    STORAGE_TABLE_DATA_READER = "Storage Table Data Reader"
    STORAGE_ACCOUNT_BACKUP_CONTRIBUTOR = "Storage Account Backup Contributor"

    KEY_VAULT_ADMINISTRATOR = "Key Vault Administrator"
    KEY_VAULT_CONTRIBUTOR = "Key Vault Contributor"
    KEY_VAULT_READER = "Key Vault Reader"
    KEY_VAULT_SECRETS_OFFICER = "Key Vault Secrets Officer"
    KEY_VAULT_SECRETS_USER = "Key Vault Secrets User"
    KEY_VAULT_CRYPTO_OFFICER = "Key Vault Crypto Officer"
    KEY_VAULT_CRYPTO_USER = "Key Vault Crypto User"
    KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER = "Key Vault Crypto Service Encryption User"

    ACR_PULL = "AcrPull"
    ACR_PUSH = "AcrPush"
    ACR_DELETE = "AcrDelete"

    AKS_CONTRIBUTOR = "Azure Kubernetes Service Contributor Role"
    AKS_CLUSTER_ADMIN = "Azure Kubernetes Service Cluster Admin Role"
    AKS_CLUSTER_USER = "Azure Kubernetes Service Cluster User Role"
    AKS_CLUSTER_MONITORING_USER = "Azure Kubernetes Service Cluster Monitoring User"
    AKS_RBAC_READER = "Azure Kubernetes Service RBAC Reader"
    AKS_RBAC_WRITER = "Azure Kubernetes Service RBAC Writer"
    AKS_RBAC_ADMIN = "Azure Kubernetes Service RBAC Admin"
    AKS_RBAC_CLUSTER_ADMIN = "Azure Kubernetes Service RBAC Cluster Admin"
    KUBERNETES_EXTENSION_CONTRIBUTOR = "Kubernetes Extension Contributor"
    CONTAINER_APPS_CONTRIBUTOR = "Container Apps Contributor"
    CONTAINER_INSTANCES_CONTRIBUTOR = "Azure Container Instances Contributor Role"

    NETWORK_CONTRIBUTOR = "Network Contributor"
    PRIVATE_DNS_ZONE_CONTRIBUTOR = "Private DNS Zone Contributor"
    MANAGED_IDENTITY_OPERATOR = "Managed Identity Operator"
    MANAGED_IDENTITY_CONTRIBUTOR = "Managed Identity Contributor"

    DATA_FACTORY_CONTRIBUTOR = "Data Factory Contributor"
    EVENT_HUBS_DATA_RECEIVER = "Azure Event Hubs Data Receiver"
    EVENT_HUBS_DATA_SENDER = "Azure Event Hubs Data Sender"
    COSMOS_DB_ACCOUNT_READER = "Cosmos DB Account Reader Role"
    SQL_DB_CONTRIBUTOR = "SQL DB Contributor"

    MONITORING_READER = "Monitoring Reader"
    MONITORING_CONTRIBUTOR = "Monitoring Contributor"
    MONITORING_METRICS_PUBLISHER = "Monitoring Metrics Publisher"
    LOG_ANALYTICS_READER = "Log Analytics Reader"
    LOG_ANALYTICS_DATA_READER = "Log Analytics Data Reader"
    LOG_ANALYTICS_CONTRIBUTOR = "Log Analytics Contributor"
    WORKBOOK_READER = "Workbook Reader"
    COST_MANAGEMENT_READER = "Cost Management Reader"
    COST_MANAGEMENT_CONTRIBUTOR = "Cost Management Contributor"


@dataclass(frozen=True)
class RoleDefinition:
    """One built-in role. `writes`: its holder can change something, in resources or in data, himself or
    through the admin credential it hands out; false for roles that only look, pull, decrypt or sign in.
    """

    name: str
    guid: str
    writes: bool
    source: str


_TABLE: tuple[tuple[Role, str, bool], ...] = (
    (Role.OWNER, "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", True),
    (Role.CONTRIBUTOR, "b24988ac-6180-42a0-ab88-20f7382dd24c", True),
    (Role.READER, "acdd72a7-3385-48ef-bd42-f606fba81ae7", False),
    (Role.USER_ACCESS_ADMINISTRATOR, "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", True),
    (Role.ROLE_BASED_ACCESS_CONTROL_ADMINISTRATOR, "f58310d9-a9f6-439a-9e8d-f62e7b41a168", True),
    (Role.LOCKS_CONTRIBUTOR, "28bf596f-4eb7-45ce-b5bc-6cf482fec137", True),
    (Role.AZUREML_DATA_SCIENTIST, "f6c7c914-8db3-469d-8ca1-694a8f32e121", True),
    (Role.AZUREML_COMPUTE_OPERATOR, "e503ece1-11d0-4e8e-8e2c-7a6c3bf38815", True),
    (Role.AZUREML_REGISTRY_USER, "1823dd4f-9b8c-4ab6-ab4e-7397a3684615", True),
    (Role.AZUREML_METRICS_WRITER, "635dd51f-9968-44d3-b7fb-6d9a6bd613ae", True),
    (Role.AZURE_AI_ADMINISTRATOR, "b78c5d69-af96-48a3-bf8d-a8b4d589de94", True),
    (Role.AZURE_AI_ENTERPRISE_NETWORK_CONNECTION_APPROVER, "b556d68e-0be0-4f35-a333-ad7ee1ce17ea", True),
    (Role.COGNITIVE_SERVICES_CONTRIBUTOR, "25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68", True),
    (Role.COGNITIVE_SERVICES_USER, "a97b65f3-24c7-4388-baec-2e87135dc908", False),
    (Role.STORAGE_ACCOUNT_CONTRIBUTOR, "17d1049b-9a84-46fb-8f53-869881c3d3ab", True),
    (Role.STORAGE_BLOB_DATA_OWNER, "b7e6dc6d-f1e8-4753-8033-0f276bb0955b", True),
    (Role.STORAGE_BLOB_DATA_CONTRIBUTOR, "ba92f5b4-2d11-453d-a403-e96b0029c9fe", True),
    (Role.STORAGE_BLOB_DATA_READER, "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", False),
    (Role.STORAGE_BLOB_DELEGATOR, "db58b8e5-c6ad-4a2a-8342-4190687cbf4a", False),
    (Role.STORAGE_FILE_DATA_PRIVILEGED_CONTRIBUTOR, "69566ab7-960f-475b-8e7c-b3118f30c6bd", True),
    (Role.STORAGE_FILE_DATA_PRIVILEGED_READER, "b8eda974-7b85-4f76-af95-65846b26df6d", False),
    (Role.STORAGE_QUEUE_DATA_CONTRIBUTOR, "974c5e8b-45b9-4653-ba55-5f855dd0fb88", True),
    (Role.STORAGE_QUEUE_DATA_READER, "19e7f393-937e-4f77-808e-94535e297925", False),
    (Role.STORAGE_TABLE_DATA_CONTRIBUTOR, "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", True),
    (Role.STORAGE_TABLE_DATA_READER, "76199698-9eea-4c19-bc75-cec21354c6b6", False),
    (Role.STORAGE_ACCOUNT_BACKUP_CONTRIBUTOR, "e5e2a7ff-d759-4cd2-bb51-3152d37e2eb1", True),
    (Role.KEY_VAULT_ADMINISTRATOR, "00482a5a-887f-4fb3-b363-3b7fe8e74483", True),
    (Role.KEY_VAULT_CONTRIBUTOR, "f25e0fa2-a7c8-4377-a976-54943a77a395", True),
    (Role.KEY_VAULT_READER, "21090545-7ca7-4776-b22c-e363652d74d2", False),
    (Role.KEY_VAULT_SECRETS_OFFICER, "b86a8fe4-44ce-4948-aee5-eccb2c155cd7", True),
    (Role.KEY_VAULT_SECRETS_USER, "4633458b-17de-408a-b874-0445c86b69e6", False),
    (Role.KEY_VAULT_CRYPTO_OFFICER, "14b46e9e-c2b7-41b4-b07b-48a6ebf60603", True),
    (Role.KEY_VAULT_CRYPTO_USER, "12338af0-0e69-4776-bea7-57ae8d297424", False),
    (Role.KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER, "e147488a-f6f5-4113-8e2d-b22465e65bf6", False),
    (Role.ACR_PULL, "7f951dda-4ed3-4680-a7ca-43fe172d538d", False),
    (Role.ACR_PUSH, "8311e382-0749-4cb8-b61a-304f252e45ec", True),
    (Role.ACR_DELETE, "c2f4ef07-c644-48eb-af81-4b1b4947fb11", True),
    (Role.AKS_CONTRIBUTOR, "ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8", True),
    (Role.AKS_CLUSTER_ADMIN, "0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8", True),
    (Role.AKS_CLUSTER_USER, "4abbcc35-e782-43d8-92c5-2d3f1bd2253f", False),
    (Role.AKS_CLUSTER_MONITORING_USER, "1afdec4b-e479-420e-99e7-f82237c7c5e6", False),
    (Role.AKS_RBAC_READER, "7f6c6a51-bcf8-42ba-9220-52d62157d7db", False),
    (Role.AKS_RBAC_WRITER, "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb", True),
    (Role.AKS_RBAC_ADMIN, "3498e952-d568-435e-9b2c-8d77e338d7f7", True),
    (Role.AKS_RBAC_CLUSTER_ADMIN, "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b", True),
    (Role.KUBERNETES_EXTENSION_CONTRIBUTOR, "85cb6faf-e071-4c9b-8136-154b5a04f717", True),
    (Role.CONTAINER_APPS_CONTRIBUTOR, "358470bc-b998-42bd-ab17-a7e34c199c0f", True),
    (Role.CONTAINER_INSTANCES_CONTRIBUTOR, "5d977122-f97e-4b4d-a52f-6b43003ddb4d", True),
    (Role.NETWORK_CONTRIBUTOR, "4d97b98b-1d4f-4787-a291-c67834d212e7", True),
    (Role.PRIVATE_DNS_ZONE_CONTRIBUTOR, "b12aa53e-6015-4669-85d0-8515ebb3ae7f", True),
    (Role.MANAGED_IDENTITY_OPERATOR, "f1a07417-d97a-45cb-824c-7a7467783830", True),
    (Role.MANAGED_IDENTITY_CONTRIBUTOR, "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59", True),
    (Role.DATA_FACTORY_CONTRIBUTOR, "673868aa-7521-48a0-acc6-0f60742d39f5", True),
    (Role.EVENT_HUBS_DATA_RECEIVER, "a638d3c7-ab3a-418d-83e6-5f17a39d4fde", False),
    (Role.EVENT_HUBS_DATA_SENDER, "2b629674-e913-4c01-ae53-ef4638d8f975", True),
    (Role.COSMOS_DB_ACCOUNT_READER, "fbdf93bf-df7d-467e-a4d2-9458aa1360c8", False),
    (Role.SQL_DB_CONTRIBUTOR, "9b7fa17d-e63e-47b0-bb0a-15c516ac86ec", True),
    (Role.MONITORING_READER, "43d0d8ad-25c7-4714-9337-8ba259a9fe05", False),
    (Role.MONITORING_CONTRIBUTOR, "749f88d5-cbae-40b8-bcfc-e573ddc772fa", True),
    (Role.MONITORING_METRICS_PUBLISHER, "3913510d-42f4-4e42-8a64-420c390055eb", True),
    (Role.LOG_ANALYTICS_READER, "73c42c96-874c-492b-b04d-ab87d138a893", False),
    (Role.LOG_ANALYTICS_DATA_READER, "3b03c2da-16b3-4a49-8834-0f8130efdd3b", False),
    (Role.LOG_ANALYTICS_CONTRIBUTOR, "92aaf0da-9dab-42b6-94a3-d43ce8d16293", True),
    (Role.WORKBOOK_READER, "b279062a-9be3-42a0-92ae-8b3cf002ec4d", False),
    (Role.COST_MANAGEMENT_READER, "72fafb9e-0641-4937-9268-a91bfd8191a3", False),
    (Role.COST_MANAGEMENT_CONTRIBUTOR, "434105ed-43f6-45c7-a02f-909b2ba83430", True),
)

BUILT_IN_ROLES: Mapping[Role, RoleDefinition] = MappingProxyType(
    {role: RoleDefinition(role.value, guid, writes, _PAGE) for role, guid, writes in _TABLE}
)


@dataclass(frozen=True)
class Grant:
    """One row of access: who may do what where, and why.

    `principal_key` is what identifies the principal before it exists: an identity's ARM id, or the object id
    of a group, user or service principal from the settings. `role` is a built-in role or the GUID of a custom
    one.
    """

    scope_id: str
    principal_key: str
    role: Role | str
    reason: str


def role_guid(role: Role | str) -> str:
    """The GUID of a built-in role, or the given GUID of a custom one, in lower case."""
    if isinstance(role, Role):
        return BUILT_IN_ROLES[role].guid
    if not _GUID.fullmatch(role):
        raise RoleError(f"role {role!r} is neither a member of Role nor the GUID of a custom role definition")
    return role.lower()


def role_assignment_name(scope_id: str, principal_key: str, role_guid: str) -> str:
    """The GUID that names the assignment of a role: the same for the same three ids, in whatever case.

    ARM refuses to change the role of an existing assignment (RoleAssignmentUpdateNotPermitted) and to repeat
    one under another name (RoleAssignmentExists). A name made of all three changes exactly when the
    assignment does.
    """
    if not scope_id or not principal_key:
        raise RoleError(
            f"a role assignment needs a scope and a principal: got {scope_id!r} and {principal_key!r}"
        )
    if not _GUID.fullmatch(role_guid):
        raise RoleError(f"role {role_guid!r} is not a role definition's GUID")
    key = "|".join((scope_id.rstrip("/"), principal_key.rstrip("/"), role_guid)).lower()
    return str(uuid.uuid5(_ASSIGNMENT_NAMESPACE, key))


def merge_grants(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """Rows with one scope, principal and role become one row with their reasons joined, in the order they
    first came.

    Two personas that are one group would otherwise send one role assignment twice, under the same name.
    """
    merged: dict[str, Grant] = {}
    for grant in grants:
        name = role_assignment_name(grant.scope_id, grant.principal_key, role_guid(grant.role))
        earlier = merged.get(name)
        if earlier is None:
            merged[name] = grant
        elif grant.reason not in earlier.reason.split("; "):
            reason = "; ".join(text for text in (earlier.reason, grant.reason) if text)
            merged[name] = Grant(earlier.scope_id, earlier.principal_key, earlier.role, reason)
    return tuple(merged.values())
