"""Who may read each object of Databricks: a refresh reads every one of them, a preview none.

Databricks has no administrator who only reads. The lists of permissions, the switches, the members and the ACLs of
secret scopes are read by workspace admins; what binds and grants in Unity Catalog is read by owners.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)


class Reader(StrEnum):
    """Who may read an object, the least of those who may."""

    WORKSPACE_ADMIN = "an admin of the workspace"
    OWNER = "a member of the group that owns it"
    MANAGER = "a member of the group that manages the principal"
    ACCOUNT_ADMIN = "an account admin"
    ITSELF = "the principal that it belongs to, whose provider reads it"
    MEMBER = "every member of the workspace"


@dataclass(frozen=True)
class Reading:
    """Who reads objects of one type, and where that is said."""

    reader: Reader
    source: Source


_ACCESS_CONTROL = Source("learn.microsoft.com azure/databricks/security/auth-authz/access-control", _READ)
"""Workspace admins have CAN MANAGE on every object of the workspace; a list of permissions is managed by who has it."""
_ADMIN = Reading(Reader.WORKSPACE_ADMIN, _ACCESS_CONTROL)
_SCOPES = Reading(
    Reader.WORKSPACE_ADMIN,
    Source("learn.microsoft.com azure/databricks/security/secrets/workspace-secret-scopes", _READ),
)
_IDENTITIES = Reading(
    Reader.WORKSPACE_ADMIN, Source("learn.microsoft.com azure/databricks/admin/users-groups/groups", _READ)
)


def _sdk(module: str, what: str) -> Source:
    return Source(f"databricks/databricks-sdk-py databricks/sdk/service/{module}.py {what}", _READ)


_OWNED = Reading(
    Reader.OWNER, _sdk("catalog", "Catalogs.get, ExternalLocations.get, Schemas.get, Tables.get")
)
"""Any privilege on the object is enough to read it, but not to read what is granted on it or bound to it."""
_GRANTED = Reading(
    Reader.OWNER,
    Source("learn.microsoft.com azure/databricks/data-governance/unity-catalog/manage-privileges", _READ),
)
_BOUND = Reading(Reader.OWNER, _sdk("catalog", "WorkspaceBindings.get_bindings"))
_MANAGED = Reading(
    Reader.MANAGER,
    Source(
        "learn.microsoft.com azure/databricks/security/auth-authz/access-control/service-principal-acl", _READ
    ),
)
_ACCOUNT = Reading(
    Reader.ACCOUNT_ADMIN,
    Source(
        "databricks/terraform-provider-databricks docs/resources/mws_network_connectivity_config.md", _READ
    ),
)

_BY_NAME = {
    "accessControlRuleSet:AccessControlRuleSet": _MANAGED,
    "catalog:Catalog": _OWNED,
    "cluster:Cluster": _ADMIN,
    "clusterPolicy:ClusterPolicy": _ADMIN,
    "directory:Directory": _ADMIN,
    "entitlements:Entitlements": _IDENTITIES,
    "externalLocation:ExternalLocation": _OWNED,
    "gitCredential:GitCredential": _MANAGED,
    "grants:Grants": _GRANTED,
    "group:Group": _IDENTITIES,
    "instancePool:InstancePool": _ADMIN,
    "ipAccessList:IpAccessList": Reading(Reader.WORKSPACE_ADMIN, _sdk("settings", "IpAccessListsAPI")),
    "job:Job": _ADMIN,
    "metastoreAssignment:MetastoreAssignment": Reading(Reader.MEMBER, _sdk("catalog", "Metastores.current")),
    "mlflowExperiment:MlflowExperiment": _ADMIN,
    "modelServing:ModelServing": _ADMIN,
    "mwsNccBinding:MwsNccBinding": _ACCOUNT,
    "mwsNccPrivateEndpointRule:MwsNccPrivateEndpointRule": _ACCOUNT,
    "mwsNetworkConnectivityConfig:MwsNetworkConnectivityConfig": _ACCOUNT,
    "notificationDestination:NotificationDestination": Reading(
        Reader.WORKSPACE_ADMIN, _sdk("settings", "NotificationDestinationsAPI")
    ),
    "permissionAssignment:PermissionAssignment": _IDENTITIES,
    "permissions:Permissions": _ADMIN,
    "registeredModel:RegisteredModel": _OWNED,
    "repo:Repo": _ADMIN,
    "schema:Schema": _OWNED,
    "secretAcl:SecretAcl": _SCOPES,
    "secretScope:SecretScope": _SCOPES,
    "servicePrincipal:ServicePrincipal": _IDENTITIES,
    "sqlEndpoint:SqlEndpoint": _ADMIN,
    "sqlTable:SqlTable": _OWNED,
    "storageCredential:StorageCredential": _OWNED,
    "token:Token": Reading(Reader.ITSELF, _sdk("settings", "TokensAPI.list")),
    "volume:Volume": _OWNED,
    "workspaceBinding:WorkspaceBinding": _BOUND,
    "workspaceConf:WorkspaceConf": _ADMIN,
}

READINGS: Mapping[str, Reading] = MappingProxyType(
    {f"databricks:index/{name}": reading for name, reading in _BY_NAME.items()}
)
"""Pulumi's type -> who reads it."""
