"""What is changed in prod's inventory beside booleans and enums: numbers, texts, and resources that are taken out.

Keys are patterns (`*`, `?`) over `<type>.<path>`, with `[]` for the items of a list, without a type's `azure-native:`.
"""

from __future__ import annotations

from collections.abc import Mapping

NUMBERS: Mapping[str, tuple[float, str]] = {
    "app:ContainerApp.template.scale.maxReplicas": (10, "replicas cost"),
    "consumption:Budget.amount": (10, "a budget that is never reached warns of nothing"),
    "consumption:Budget.notifications.*.threshold": (3, "a warning that comes too late"),
    "containerregistry:Registry.policies.retentionPolicy.days": (10, "images pile up"),
    "containerservice:AgentPool.maxCount": (10, "nodes cost"),
    "containerservice:AgentPool.minCount": (0.1, "no node left for the models"),
    "containerservice:ManagedCluster.agentPoolProfiles[].maxPods": (0.25, "cannot be changed later"),
    "containerservice:AgentPool.maxPods": (0.25, "cannot be changed later"),
    "containerservice:ManagedCluster.agentPoolProfiles[].count": (0.3, "one system node is none"),
    "databricks:index/instancePool:InstancePool.idleInstanceAutoterminationMinutes": (24, "idle nodes cost"),
    "databricks:index/instancePool:InstancePool.maxCapacity": (10, "nodes cost"),
    "databricks:index/sqlEndpoint:SqlEndpoint.autoStopMins": (24, "an idle warehouse costs"),
    "databricks:index/sqlEndpoint:SqlEndpoint.maxNumClusters": (10, "clusters cost"),
    "databricks:index/job:Job.health.rules[].value": (10, "a warning after the job's end"),
    "databricks:index/job:Job.jobClusters[].newCluster.numWorkers": (10, "workers cost"),
    "databricks:index/job:Job.maxConcurrentRuns": (10, "runs cost, and write the same tables"),
    "databricks:index/job:Job.tasks[].maxRetries": (10, "runs cost"),
    "databricks:index/job:Job.timeoutSeconds": (24, "a hanging job costs"),
    "databricks:index/workspaceConf:WorkspaceConf.customConfig.maxTokenLifetimeDays": (
        8,
        "a longer-lived credential",
    ),
    "dataprotection:BackupVault.properties.securitySettings.softDeleteSettings.retentionDurationInDays": (
        0.1,
        "less time to notice",
    ),
    "keyvault:Vault.properties.softDeleteRetentionInDays": (0.1, "less time to notice"),
    "machinelearningservices:Compute.properties.properties.idleTimeBeforeShutdown": (
        24,
        "idle machines cost",
    ),
    "machinelearningservices:Compute.properties.properties.scaleSettings.maxNodeCount": (10, "nodes cost"),
    "machinelearningservices:Compute.properties.properties.scaleSettings.nodeIdleTimeBeforeScaleDown": (
        24,
        "cost",
    ),
    "network:FlowLog.retentionPolicy.days": (0.1, "less time to look back"),
    "operationalinsights:Workspace.retentionInDays": (0.1, "less time to look back"),
    "recoveryservices:ProtectionPolicy.properties.retentionPolicy.dailySchedule.retentionDuration.count": (
        0.1,
        "less",
    ),
    "storage:BlobContainerImmutabilityPolicy.immutabilityPeriodSinceCreationInDays": (
        0.1,
        "less time to notice",
    ),
    "storage:BlobServiceProperties.*.days": (0.1, "less time to notice"),
    "storage:FileServiceProperties.*.days": (0.1, "less time to notice"),
}
"""Numbers and durations: what they are multiplied with. They are dropped as well."""

ADDED: Mapping[str, tuple[object, str]] = {
    "app:ContainerApp.template.scale.minReplicas": (10, "replicas cost day and night"),
    "databricks:index/instancePool:InstancePool.minIdleInstances": (3, "idle nodes cost day and night"),
    "machinelearningservices:Compute.properties.properties.scaleSettings.minNodeCount": (
        2,
        "nodes cost at night too",
    ),
}
"""Numbers that are zero, and what they become."""

REPLACED: Mapping[str, tuple[tuple[str, ...], str]] = {
    "*.location": (("brazilsouth",), "data leaves its law"),
    "*.vmSize": (
        ("Standard_D96ds_v5", "Standard_NC6s_v3", "Standard_NC24ads_A100_v4"),
        "dear, retired, dear",
    ),
    "*.nodeTypeId": (("Standard_D96ds_v5", "Standard_NC6s_v3"), "dear, retired"),
    "*.sparkVersion": (("10.4.x-scala2.12", "6.4.x-scala2.11"), "retired, and Spark below 3"),
    "*.preloadedSparkVersions[]": (("10.4.x-scala2.12",), "retired"),
    "authorization:RoleAssignment.scope": (
        ("/subscriptions/33333333-3333-3333-3333-333333333333", "resource group"),
        "reaches more",
    ),
    "authorization:RoleAssignment.roleDefinitionId": (("Owner", "Contributor", "wider"), "may do more"),
    "authorization:RoleDefinition.permissions[].actions[]": (
        ("*",),
        "may do more: the first action of each role",
    ),
    "authorization:RoleDefinition.assignableScopes[]": (
        ("/subscriptions/33333333-3333-3333-3333-333333333333",),
        "reaches more",
    ),
    "databricks:index/gitCredential:GitCredential.gitProvider": ((), "not an enum"),
    "databricks:index/instancePool:InstancePool.azureAttributes.availability": (
        ("SPOT_AZURE",),
        "no nodes on a busy night",
    ),
    "databricks:index/job:Job.jobClusters[].newCluster.dataSecurityMode": (
        ("NONE", "LEGACY_SINGLE_USER"),
        "no isolation",
    ),
    "databricks:index/job:Job.runAs.servicePrincipalName": (("",), "runs as the identity that deploys"),
    "databricks:index/job:Job.jobClusters[].newCluster.policyId": (("",), "no policy"),
    "databricks:index/job:Job.jobClusters[].newCluster.sparkEnvVars.AZURE_CLIENT_SECRET": (
        ("correct horse battery staple",),
        "a secret for all to read",
    ),
    "databricks:index/job:Job.schedule.pauseStatus": (("PAUSED",), "no forecast in the morning"),
    "databricks:index/job:Job.tasks[].notebookTask.notebookPath": (
        ("/Users/ada@example.com/train",),
        "a person's notebook",
    ),
    "databricks:index/job:Job.tasks[].libraries[].pypi.package": (
        ("azureml-mlflow",),
        "another version overnight",
    ),
    "databricks:index/job:Job.tasks[].libraries[].pypi.repo": (("",), "what a stranger publishes"),
    "databricks:index/permissionAssignment:PermissionAssignment.permissions[]": (
        ("ADMIN",),
        "an administrator",
    ),
    "databricks:index/permissions:Permissions.accessControls[].permissionLevel": (
        ("CAN_MANAGE",),
        "may change it",
    ),
    "databricks:index/permissions:Permissions.accessControls[].groupName": (("users",), "everybody"),
    "databricks:index/repo:Repo.path": (("/Users/ada@example.com/forecasting",), "a person's folder"),
    "databricks:index/repo:Repo.tag": (("",), "a branch, or nothing"),
    "databricks:index/repo:Repo.url": (("http://github.com/example-org/forecasting",), "readable on the way"),
    "databricks:index/secretAcl:SecretAcl.permission": (("MANAGE", "WRITE"), "may change it"),
    "databricks:index/secretAcl:SecretAcl.principal": (("users",), "everybody"),
    "databricks:index/secretScope:SecretScope.backendType": (("DATABRICKS",), "no audit, no expiry"),
    "databricks:index/workspaceConf:WorkspaceConf.customConfig.projectsAllowList": (
        ("https://github.com", ""),
        "everybody's code",
    ),
    "databricks:index/workspaceConf:WorkspaceConf.customConfig.projectsAllowListPermissions": (
        ("DISABLED",),
        "everybody's code",
    ),
    "databricks:index/workspaceConf:WorkspaceConf.customConfig.reposIpynbResultsExportPermissions": (
        ("ALLOW",),
        "data in a repository",
    ),
    "machinelearningservices:Workspace.managedNetwork.outboundRules.*.destination": (
        ("*", "*.com"),
        "anywhere",
    ),
    "network:NetworkSecurityGroup.securityRules[].sourceAddressPrefix": (
        ("*", "Internet", "0.0.0.0/0"),
        "anybody",
    ),
    "network:NetworkSecurityGroup.securityRules[].destinationAddressPrefix": (("*", "Internet"), "anywhere"),
    "containerservice:TrustedAccessRoleBinding.roles[]": (
        ("Microsoft.DataProtection/backupVaults/backup-operator",),
        "more than ML",
    ),
    "kubernetesconfiguration:Extension.configurationSettings.internalLoadBalancerProvider": (
        ("",),
        "a public address",
    ),
    "kubernetesconfiguration:Extension.configurationSettings.clusterPurpose": (("DevTest",), "one copy only"),
    "kubernetesconfiguration:Extension.releaseTrain": (("preview",), "untested"),
}
"""Texts, and what they become. `wider` is the next role that may do more; `resource group` the scope above."""

REMOVED: Mapping[str, str] = {
    "app:ContainerAppsAuthConfig": "anybody may ask the app",
    "authorization:ManagementLockByScope": "nothing stops a delete",
    "consumption:Budget": "nobody is told",
    "databricks:index/permissions:Permissions": "nobody knows who may use it",
    "databricks:index/workspaceConf:WorkspaceConf": "Databricks' own defaults",
    "monitor:DiagnosticSetting": "nothing is logged",
    "monitor:PrivateLinkScopedResource": "nothing arrives",
    "network:FlowLog": "nobody writes the traffic down",
    "network:NatGateway": "nodes have no way out",
    "network:NetworkSecurityGroup": "nothing is filtered",
    "network:PrivateDnsZoneGroup": "the name leads to the public address",
    "network:PrivateEndpoint": "no private way in",
    "recoveryservices:ProtectedItem": "no backup",
    "recoveryservices:ProtectionPolicy": "no backup",
    "resources:DeploymentAtSubscriptionScope": "nothing watches the subscription",
    "databricks:index/clusterPolicy:ClusterPolicy": "nothing limits clusters",
}
"""Types of which each resource is taken out once."""
