"""Who may create, change and delete each object of Databricks.

The counterpart of `databricks_reading`, which says who may read. An admin of the workspace may do everything to its
objects, not to Unity Catalog's: those have owners and privileges.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from azure_facts.databricks_groups import ADMIN_OPERATION_SOURCE
from azure_facts.databricks_service_principals import ROLES_PAGE
from azure_facts.source import Source
from azure_facts.unity_catalog import Securable

_READ = datetime.date(2026, 11, 30)
_SDK = "databricks/databricks-sdk-py databricks/sdk/service"
_ACCESS_CONTROL = Source("learn.microsoft.com azure/databricks/security/auth-authz/access-control", _READ)
ADMIN_PRIVILEGES = Source(
    "learn.microsoft.com azure/databricks/data-governance/unity-catalog/manage-privileges/admin-privileges",
    _READ,
)
"""Admins of a workspace that was given its metastore by Databricks have the privileges to create; nobody else has."""
RUN_AS = Source("databricks/terraform-provider-databricks docs/resources/job.md, run_as", _READ)
REPOS = Source(
    "databricks/terraform-provider-databricks repos/resource_repo.go, docs/resources/git_credential.md", _READ
)
RESOLVED_HOST = Source("databricks/databricks-sdk-go config/azure.go azureEnsureWorkspaceUrl", _READ)
ASKED_IDENTITY = Source("databricks/terraform-provider-databricks common/unified_provider.go", _READ)
MEMBERSHIP = ADMIN_OPERATION_SOURCE
REGISTERING = Source("databricks/terraform-provider-databricks#5768, databricks/cli#1486", _READ)
REGISTERING_ROLES = ("Contributor", "Owner")
"""On an access connector or above it, by name: a custom role with the same operations is refused (REGISTERING)."""
REGISTER_CONNECTORS = frozenset(
    {"databricks:index/storageCredential:StorageCredential", "databricks:index/credential:Credential"}
)

AUTOMATIC_PRIVILEGES = frozenset(
    {"CREATE_CATALOG", "CREATE_CONNECTION", "CREATE_EXTERNAL_LOCATION", "CREATE_STORAGE_CREDENTIAL"}
)
"""Of admins, on a metastore that Databricks assigned to their workspace (ADMIN_PRIVILEGES)."""


class Actor(StrEnum):
    """The least of those who may."""

    ADMIN = "an admin of the workspace"
    MEMBER = "a member of the workspace"
    MANAGER = "a manager of the service principal"
    ACCOUNT_ADMIN = "an account admin"
    OBJECT_MANAGER = "an admin, who made it, or who has CAN_MANAGE on it"


@dataclass(frozen=True)
class Acting:
    """Who creates objects of a type, and who changes and deletes them."""

    creates: Actor
    changes: Actor
    source: Source


_ADMIN = Acting(Actor.ADMIN, Actor.ADMIN, _ACCESS_CONTROL)
_ACCOUNT = Acting(
    Actor.ACCOUNT_ADMIN,
    Actor.ACCOUNT_ADMIN,
    Source(
        "databricks/terraform-provider-databricks docs/resources/mws_network_connectivity_config.md", _READ
    ),
)
_OBJECT = Acting(Actor.MEMBER, Actor.OBJECT_MANAGER, _ACCESS_CONTROL)
_POLICIES = Acting(
    Actor.ADMIN, Actor.ADMIN, Source(f"{_SDK}/compute.py ClusterPoliciesAPI: by admins only", _READ)
)
_COMPUTE = Acting(Actor.ADMIN, Actor.OBJECT_MANAGER, _ACCESS_CONTROL)
"""Or who has the entitlement to create it, which no principal of a program is given silently."""

_BY_NAME: Mapping[str, Acting] = {
    "accessControlRuleSet:AccessControlRuleSet": Acting(Actor.MANAGER, Actor.MANAGER, ROLES_PAGE),
    "cluster:Cluster": _COMPUTE,
    "clusterPolicy:ClusterPolicy": _POLICIES,
    "directory:Directory": _OBJECT,
    "entitlements:Entitlements": _ADMIN,
    "group:Group": _ADMIN,
    "groupMember:GroupMember": _ADMIN,
    "instancePool:InstancePool": _COMPUTE,
    "ipAccessList:IpAccessList": _ADMIN,
    "job:Job": _OBJECT,
    "metastoreAssignment:MetastoreAssignment": Acting(
        Actor.ACCOUNT_ADMIN, Actor.ACCOUNT_ADMIN, Source(f"{_SDK}/catalog.py Metastores.assign", _READ)
    ),
    "mlflowExperiment:MlflowExperiment": _OBJECT,
    "modelServing:ModelServing": _OBJECT,
    "mwsNccBinding:MwsNccBinding": _ACCOUNT,
    "mwsNccPrivateEndpointRule:MwsNccPrivateEndpointRule": _ACCOUNT,
    "mwsNetworkConnectivityConfig:MwsNetworkConnectivityConfig": _ACCOUNT,
    "notebook:Notebook": _OBJECT,
    "notificationDestination:NotificationDestination": Acting(
        Actor.ADMIN,
        Actor.ADMIN,
        Source(f"{_SDK}/settings.py NotificationDestinationsAPI: by workspace admins only", _READ),
    ),
    "permissionAssignment:PermissionAssignment": _ADMIN,
    "permissions:Permissions": Acting(Actor.OBJECT_MANAGER, Actor.OBJECT_MANAGER, _ACCESS_CONTROL),
    "repo:Repo": _OBJECT,
    "secret:Secret": _OBJECT,
    "secretAcl:SecretAcl": Acting(Actor.OBJECT_MANAGER, Actor.OBJECT_MANAGER, _ACCESS_CONTROL),
    "secretScope:SecretScope": _OBJECT,
    "servicePrincipal:ServicePrincipal": _ADMIN,
    "sqlEndpoint:SqlEndpoint": _COMPUTE,
    "user:User": _ADMIN,
    "workspaceConf:WorkspaceConf": _ADMIN,
}

ACTING: Mapping[str, Acting] = MappingProxyType(
    {f"databricks:index/{name}": acting for name, acting in _BY_NAME.items()}
)
"""Pulumi's type -> who makes and changes it. Of a type that is not here, nor in `SECURED`, membership is asked."""


@dataclass(frozen=True)
class Secured:
    """A type of Unity Catalog: what creating one asks for. `above` names, by property, what it lies in; on the last of
    them, or on the metastore where there is none, `privilege` is needed."""

    securable: Securable
    privilege: str
    above: tuple[tuple[Securable, str], ...] = ()
    source: Source = ADMIN_PRIVILEGES


def _catalog_api(what: str) -> Source:
    return Source(f"{_SDK}/catalog.py {what}", _READ)


_IN_SCHEMA = ((Securable.CATALOG, "catalogName"), (Securable.SCHEMA, "schemaName"))

SECURED: Mapping[str, Secured] = MappingProxyType(
    {
        f"databricks:index/{name}": secured
        for name, secured in {
            "catalog:Catalog": Secured(
                Securable.CATALOG, "CREATE_CATALOG", source=_catalog_api("Catalogs.create, update")
            ),
            "externalLocation:ExternalLocation": Secured(
                Securable.EXTERNAL_LOCATION,
                "CREATE_EXTERNAL_LOCATION",
                source=_catalog_api("ExternalLocations.create, update"),
            ),
            "storageCredential:StorageCredential": Secured(
                Securable.STORAGE_CREDENTIAL,
                "CREATE_STORAGE_CREDENTIAL",
                source=_catalog_api("StorageCredentials.create, update"),
            ),
            "schema:Schema": Secured(
                Securable.SCHEMA,
                "CREATE_SCHEMA",
                ((Securable.CATALOG, "catalogName"),),
                _catalog_api("Schemas.create, update"),
            ),
            "sqlTable:SqlTable": Secured(
                Securable.TABLE, "CREATE_TABLE", _IN_SCHEMA, _catalog_api("Tables.create, update")
            ),
            "volume:Volume": Secured(
                Securable.VOLUME, "CREATE_VOLUME", _IN_SCHEMA, _catalog_api("Volumes.create, update")
            ),
            "registeredModel:RegisteredModel": Secured(
                Securable.MODEL, "CREATE_MODEL", _IN_SCHEMA, _catalog_api("RegisteredModels.create, update")
            ),
        }.items()
    }
)
GRANTING = Source(f"{_SDK}/catalog.py GrantsAPI", _READ)
"""By owners of the object, or of the catalog or schema that contains it."""
