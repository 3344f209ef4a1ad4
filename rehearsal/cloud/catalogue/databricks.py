"""Azure Databricks: the ARM side, and the objects inside a workspace or metastore.

Forms of the ids are those that the Terraform provider's import examples show (terraform-provider-databricks
docs/resources/*.md).
"""

from __future__ import annotations

from rehearsal.cloud.catalogue.databricks_account import DATABRICKS_ACCOUNT
from rehearsal.cloud.catalogue.databricks_analytics import DATABRICKS_ANALYTICS
from rehearsal.cloud.catalogue.entry import IN_RESOURCE_GROUP as RG
from rehearsal.cloud.catalogue.entry import OutputSet, entry
from rehearsal.model.values import STAND_IN

_DATABRICKS = "databricks:index/"

PATCHES = frozenset({_DATABRICKS + "workspaceConf:WorkspaceConf"})
"""Types whose creation sets what their workspace has anyway, so that a second one is no conflict
(terraform-provider-databricks workspace/resource_workspace_conf.go, read 2026-11-30: creation sends a PATCH)."""

DATABRICKS_IN_AZURE = (
    entry(
        "azure-native:databricks:Workspace",
        RG + "Microsoft.Databricks/workspaces/{workspaceName}",
        {
            "workspaceId": "{workspaceNumber}",
            "workspaceUrl": "{workspaceHost}",
            "isUcEnabled": True,
            "provisioningState": "Succeeded",
        },
        OutputSet(
            {
                "managedDiskIdentity.principalId": "{guid:disks}",
                "managedDiskIdentity.tenantId": "{tenantId}",
                "managedDiskIdentity.type": "SystemAssigned",
            },
            when="encryption.entities.managedDisk",
        ),
        OutputSet(
            {
                "storageAccountIdentity.principalId": "{guid:storage}",
                "storageAccountIdentity.tenantId": "{tenantId}",
                "storageAccountIdentity.type": "SystemAssigned",
            },
            when="parameters.prepareEncryption",
        ),
    ),
    entry(
        "azure-native:databricks:AccessConnector",
        RG + "Microsoft.Databricks/accessConnectors/{connectorName}",
    ),
)

COMPUTE_AND_JOBS = (
    entry(_DATABRICKS + "clusterPolicy:ClusterPolicy", "{hexUpper:16}", {"policyId": "{id}"}),
    entry(
        _DATABRICKS + "instancePool:InstancePool",
        "0101-120000-pine{digits:2}-pool-{alnum:8}",
        {"instancePoolId": "{id}"},
    ),
    entry(
        _DATABRICKS + "cluster:Cluster",
        "0101-120000-{alnum:8}",
        {
            "clusterId": "{id}",
            "state": "RUNNING",
            "url": "https://{host}/#setting/clusters/{id}/configuration",
        },
    ),
    entry(_DATABRICKS + "job:Job", "{digits:15}", {"url": "https://{host}/#job/{id}"}),
    entry(
        _DATABRICKS + "sqlEndpoint:SqlEndpoint",
        "{hex:16}",
        {
            "sqlEndpointId": "{id}",
            "dataSourceId": "{guid:data-source}",
            "state": "RUNNING",
            "jdbcUrl": "jdbc:spark://{host}:443/default;transportMode=http;ssl=1;AuthMech=3;"
            "httpPath=/sql/1.0/warehouses/{id};",
            "odbcParams.hostname": "{host}",
            "odbcParams.path": "/sql/1.0/warehouses/{id}",
            "odbcParams.port": 443,
            "odbcParams.protocol": "https",
        },
    ),
    entry(
        _DATABRICKS + "modelServing:ModelServing",
        "{name}",
        {
            "servingEndpointId": "{hex:32}",
            "endpointUrl": "https://{host}/serving-endpoints/{name}/invocations",
        },
    ),
)

WORKSPACE_OBJECTS = (
    entry(_DATABRICKS + "gitCredential:GitCredential", "{digits:15}"),
    entry(
        _DATABRICKS + "repo:Repo",
        "{digits:16}",
        {"workspacePath": "/Workspace{path}", "commitHash": "{hex:40}"},
    ),
    entry(
        _DATABRICKS + "directory:Directory",
        "{path}",
        {"objectId": "{digits:15}", "workspacePath": "/Workspace{path}"},
    ),
    entry(
        _DATABRICKS + "notebook:Notebook",
        "{path}",
        {
            "objectId": "{digits:15}",
            "objectType": "NOTEBOOK",
            "workspacePath": "/Workspace{path}",
            "url": "https://{host}/#workspace{path}",
        },
    ),
    entry(
        _DATABRICKS + "workspaceFile:WorkspaceFile",
        "{path}",
        {
            "objectId": "{digits:15}",
            "workspacePath": "/Workspace{path}",
            "url": "https://{host}/#workspace{path}",
        },
    ),
    entry(
        _DATABRICKS + "mlflowExperiment:MlflowExperiment",
        "{digits:16}",
        {"experimentId": "{id}", "lifecycleStage": "active"},
    ),
    entry(_DATABRICKS + "secretScope:SecretScope", "{name}", {"backendType": "DATABRICKS"}),
    entry(
        _DATABRICKS + "secret:Secret", "{scope}|||{key}", {"configReference": "{{{{secrets/{scope}/{key}}}}}"}
    ),
    entry(_DATABRICKS + "secretAcl:SecretAcl", "{scope}|||{principal}"),
    entry(_DATABRICKS + "workspaceConf:WorkspaceConf", "_"),
    entry(_DATABRICKS + "ipAccessList:IpAccessList", "{guid:list}"),
    entry(
        _DATABRICKS + "token:Token",
        "{hex:64}",
        {"tokenId": "{id}", "tokenValue": STAND_IN + "databricks-token-{alnum:8}"},
        secrets=("tokenValue",),
    ),
)

_PERMISSION_OBJECTS = {
    "clusterId": "/clusters/",
    "clusterPolicyId": "/cluster-policies/",
    "instancePoolId": "/instance-pools/",
    "jobId": "/jobs/",
    "pipelineId": "/pipelines/",
    "repoId": "/repos/",
    "repoPath": "/repos/",
    "notebookId": "/notebooks/",
    "notebookPath": "/notebooks/",
    "directoryId": "/directories/",
    "directoryPath": "/directories/",
    "experimentId": "/experiments/",
    "registeredModelId": "/registered-models/",
    "servingEndpointId": "/serving-endpoints/",
    "sqlEndpointId": "/sql/warehouses/",
    "authorization": "/authorization/",
}

IDENTITIES_AND_PERMISSIONS = (
    entry(
        _DATABRICKS + "servicePrincipal:ServicePrincipal",
        "{digits:16}",
        {"applicationId": "{guid:application}"},
        OutputSet(
            {
                "aclPrincipalId": "servicePrincipals/{applicationId}",
                "home": "/Users/{applicationId}",
                "repos": "/Repos/{applicationId}",
            },
            when="applicationId",
        ),
        OutputSet(
            {
                "aclPrincipalId": "servicePrincipals/{guid:application}",
                "home": "/Users/{guid:application}",
                "repos": "/Repos/{guid:application}",
            },
            unless="applicationId",
        ),
    ),
    entry(_DATABRICKS + "group:Group", "{digits:15}", {"aclPrincipalId": "groups/{displayName}"}),
    entry(
        _DATABRICKS + "user:User",
        "{digits:16}",
        {"aclPrincipalId": "users/{userName}", "home": "/Users/{userName}", "repos": "/Repos/{userName}"},
    ),
    entry(_DATABRICKS + "groupMember:GroupMember", "{groupId}|{memberId}"),
    entry(_DATABRICKS + "servicePrincipalRole:ServicePrincipalRole", "{servicePrincipalId}|{role}"),
    entry(_DATABRICKS + "entitlements:Entitlements", "{entitlementsOf}"),
    entry(_DATABRICKS + "permissions:Permissions", "{permissionsOn}"),
    entry(_DATABRICKS + "permissionAssignment:PermissionAssignment", "{digits:15}", {"principalId": "{id}"}),
    entry(_DATABRICKS + "mwsPermissionAssignment:MwsPermissionAssignment", "{workspaceId}|{principalId}"),
    entry(_DATABRICKS + "metastoreAssignment:MetastoreAssignment", "{workspaceId}|{metastoreId}"),
)

UNITY_CATALOG = (
    entry(
        _DATABRICKS + "storageCredential:StorageCredential",
        "{name}",
        {"storageCredentialId": "{guid:credential}"},
    ),
    entry(_DATABRICKS + "externalLocation:ExternalLocation", "{name}", {"credentialId": "{guid:credential}"}),
    entry(
        _DATABRICKS + "catalog:Catalog", "{name}", {"fullName": "{name}", "catalogType": "MANAGED_CATALOG"}
    ),
    entry(_DATABRICKS + "schema:Schema", "{catalogName}.{name}", {"schemaId": "{guid:schema}"}),
    entry(
        _DATABRICKS + "volume:Volume",
        "{catalogName}.{schemaName}.{name}",
        {"volumePath": "/Volumes/{catalogName}/{schemaName}/{name}"},
    ),
    entry(
        _DATABRICKS + "registeredModel:RegisteredModel",
        "{catalogName}.{schemaName}.{name}",
        {"fullName": "{catalogName}.{schemaName}.{name}"},
    ),
    entry(
        _DATABRICKS + "sqlTable:SqlTable", "{catalogName}.{schemaName}.{name}", {"tableId": "{guid:table}"}
    ),
    entry(_DATABRICKS + "workspaceBinding:WorkspaceBinding", "{workspaceId}|{securableType}|{securableName}"),
    entry(_DATABRICKS + "grants:Grants", "{grantsOn}"),
    entry(_DATABRICKS + "grant:Grant", "{grantsOn}/{principal}"),
)

DATABRICKS = (
    *DATABRICKS_IN_AZURE,
    *COMPUTE_AND_JOBS,
    *WORKSPACE_OBJECTS,
    *IDENTITIES_AND_PERMISSIONS,
    *DATABRICKS_ACCOUNT,
    *DATABRICKS_ANALYTICS,
    *UNITY_CATALOG,
)

SECURABLES = {
    "catalog": "catalog",
    "schema": "schema",
    "table": "table",
    "volume": "volume",
    "model": "model",
    "function": "function",
    "storageCredential": "storage_credential",
    "credential": "credential",
    "externalLocation": "external_location",
    "metastore": "metastore",
    "pipeline": "pipeline",
    "recipient": "recipient",
    "share": "share",
}
"""Input of `Grants` and `Grant` -> how the object's kind reads in the id."""

PERMISSION_OBJECTS = _PERMISSION_OBJECTS
"""Input of `Permissions` -> the beginning of the id."""

ENTITLEMENT_OWNERS = {"groupId": "group/", "servicePrincipalId": "service_principal/", "userId": "user/"}
"""Input of `Entitlements` -> the beginning of the id."""
