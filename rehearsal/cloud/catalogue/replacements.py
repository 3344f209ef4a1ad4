"""What the two providers replace, instead of updating, when a property changes. Neither Python package says it.

Sources: pulumi-azure-native provider/pkg/gen/replacement.go; terraform-provider-databricks resource schemas (ForceNew),
which pulumi-databricks bridges.
"""

from __future__ import annotations

from collections.abc import Mapping

_NETWORK_PROFILE = (
    "serviceCidr", "serviceCidrs", "dnsServiceIP", "networkMode", "networkPlugin", "networkPluginMode", "podCidr",
    "networkDataplane", "networkPolicy", "outboundType",
)  # fmt: skip

AZURE_NATIVE_REPLACES: Mapping[str, tuple[str, ...]] = {
    "azure-native:authorization:RoleAssignment": ("principalId", "scope"),
    "azure-native:containerservice:AgentPool": (
        "gpuInstanceProfile",
        "vmSize",
        "networkProfile.nodePublicIPTags",
    ),
    "azure-native:containerservice:ManagedCluster": (
        "diskEncryptionSetID",
        "dnsPrefix",
        "fqdnSubdomain",
        "linuxProfile",
        "location",
        "nodeResourceGroup",
        "windowsProfile",
        "agentPoolProfiles[*].networkProfile.nodePublicIPTags",
        *(f"networkProfile.{name}" for name in _NETWORK_PROFILE),
    ),
    "azure-native:network:PrivateEndpoint": ("subnet",),
    "azure-native:network:PublicIPAddress": ("location", "publicIPAddressVersion", "publicIPPrefix", "sku"),
    "azure-native:network:VirtualNetwork": ("location",),
    "azure-native:resources:ResourceGroup": ("location",),
    "azure-native:storage:StorageAccount": ("isHnsEnabled", "location"),
}
"""Type token -> property paths. Besides these: every part of the resource's id (names, resource group, scope), and
properties that the Azure specification marks create-only (`x-ms-mutability`), which the wheel does not list."""

EVERYTHING = ("*",)

DATABRICKS_REPLACES: Mapping[str, tuple[str, ...]] = {
    f"databricks:index/{token}": paths
    for token, paths in {
        "accessControlRuleSet:AccessControlRuleSet": ("name",),
        "alert:Alert": ("parentPath",),
        "catalog:Catalog": ("storageRoot", "connectionName", "providerName", "shareName"),
        "cluster:Cluster": ("idempotencyToken",),
        "connection:Connection": ("connectionType", "properties", "readOnly", "comment"),
        "directory:Directory": ("path",),
        "entitlements:Entitlements": ("groupId", "userId", "servicePrincipalId"),
        "externalLocation:ExternalLocation": ("name",),
        "group:Group": ("externalId",),
        "groupMember:GroupMember": EVERYTHING,
        "instancePool:InstancePool": (
            "azureAttributes",
            "nodeTypeId",
            "enableElasticDisk",
            "diskSpec",
            "preloadedSparkVersions",
            "preloadedDockerImages",
            "nodeTypeFlexibility",
        ),
        "library:Library": EVERYTHING,
        "metastoreAssignment:MetastoreAssignment": ("workspaceId", "metastoreId"),
        "mlflowExperiment:MlflowExperiment": ("traceLocation",),
        "modelServing:ModelServing": (
            "name",
            "routeOptimized",
            "config.autoCaptureConfig.catalogName",
            "config.autoCaptureConfig.schemaName",
            "config.autoCaptureConfig.tableNamePrefix",
        ),
        "mwsNccBinding:MwsNccBinding": ("workspaceId",),
        "mwsNccPrivateEndpointRule:MwsNccPrivateEndpointRule": (
            "networkConnectivityConfigId",
            "endpointService",
            "groupId",
            "resourceId",
        ),
        "mwsNetworkConnectivityConfig:MwsNetworkConnectivityConfig": ("name", "region"),
        "mwsPermissionAssignment:MwsPermissionAssignment": ("workspaceId", "principalId"),
        "notebook:Notebook": ("path",),
        "permissionAssignment:PermissionAssignment": (
            "principalId",
            "servicePrincipalName",
            "userName",
            "groupName",
        ),
        "pipeline:Pipeline": ("storage",),
        "query:Query": ("parentPath",),
        "registeredModel:RegisteredModel": ("name", "catalogName", "schemaName", "storageLocation"),
        "repo:Repo": ("url", "gitProvider", "sparseCheckout", "path"),
        "schema:Schema": ("name", "catalogName", "storageRoot"),
        "secret:Secret": EVERYTHING,
        "secretAcl:SecretAcl": EVERYTHING,
        "secretScope:SecretScope": EVERYTHING,
        "servicePrincipal:ServicePrincipal": ("applicationId",),
        "servicePrincipalRole:ServicePrincipalRole": EVERYTHING,
        "servicePrincipalSecret:ServicePrincipalSecret": ("servicePrincipalId", "lifetime", "timeRotating"),
        "sqlTable:SqlTable": (
            "catalogName",
            "schemaName",
            "tableType",
            "dataSourceFormat",
            "partitions",
            "storageCredentialName",
            "options",
        ),
        "storageCredential:StorageCredential": ("name",),
        "token:Token": ("lifetimeSeconds", "comment"),
        "user:User": ("userName",),
        "volume:Volume": ("catalogName", "schemaName", "storageLocation", "volumeType"),
        "workspaceFile:WorkspaceFile": ("path",),
    }.items()
}
"""Type token -> property paths. `EVERYTHING` where the provider has no update at all. What objects are on
(`Permissions`, `Grants`, `Grant`) is in `DATABRICKS_OBJECT_PROPERTIES`. A sparse checkout is replaced when it is added
or removed, its patterns are updated in place."""

WHOLE_PROPERTIES = frozenset({("databricks:index/repo:Repo", "sparseCheckout")})
"""Replaced only when the whole property comes or goes."""

AUTONAMED = ("name", "displayName")
"""Inputs that pulumi-databricks makes up when they are missing. Where the program gives one, a replacement deletes
before it creates (pulumi-terraform-bridge pkg/tfbridge `nameRequiresDeleteBeforeReplace`)."""
