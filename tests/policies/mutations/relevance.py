"""What may be mutated in prod's inventory, what may not, and why.

Keys are patterns (`*`, `?`) over `<type>.<path>`, with `[]` for the items of a list, without a type's `azure-native:`.

Every boolean and every value of an enum is relevant unless it stands in `NOT_RELEVANT`; numbers, sizes and roles are
relevant where a table here says how.
"""

from __future__ import annotations

from collections.abc import Mapping

NOT_RELEVANT: Mapping[str, str] = {
    "*.tags.*": "judged as a whole: see the rules about tags",
    "*.customTags.*": "judged as a whole: see the rules about tags",
    "*.location": "not an enum: see REPLACED",
    "applicationinsights:Component.applicationType": "a label without effect",
    "applicationinsights:Component.flowType": "a constant of the service",
    "applicationinsights:Component.requestSource": "a constant of the service",
    "applicationinsights:Component.kind": "a label without effect",
    "authorization:RoleAssignment.principalType": "a wrong type fails at creation: PrincipalTypeNotSupported",
    "consumption:Budget.category": "Cost is the only value",
    "consumption:Budget.filter.dimensions.operator": "In is the only value",
    "consumption:Budget.notifications.*.operator": "every operator fires at the threshold or above",
    "containerregistry:Registry.networkRuleBypassOptions": "None is stricter, and only stops image builds",
    "containerservice:AgentPool.mode": "a User pool that becomes System takes the same pods",
    "containerservice:AgentPool.osSKU": "all Linux SKUs are patched; retired ones are refused by AMLP-RT-001",
    "containerservice:AgentPool.osType": "Windows nodes run no scoring image: it fails, it opens nothing",
    "containerservice:ManagedCluster.agentPoolProfiles[].enableAutoScaling": "either is fine",
    "containerservice:ManagedCluster.agentPoolProfiles[].mode": "a cluster without a System pool is refused",
    "containerservice:ManagedCluster.agentPoolProfiles[].osSKU": "all Linux SKUs are patched",
    "containerservice:ManagedCluster.agentPoolProfiles[].osType": "Windows system pools are refused",
    "containerservice:ManagedCluster.networkProfile.networkDataplane": "which program moves packets",
    "containerservice:ManagedCluster.networkProfile.networkPluginMode": "saves addresses, guards nothing",
    "containerservice:ManagedCluster.sku.name": "Automatic is another product, with stricter defaults",
    "databricks:AccessConnector.identity.type": "a connector without an identity cannot be used",
    "databricks:Workspace.accessConnector.identityType": "must fit the connector, else refused",
    "databricks:Workspace.computeMode": "cannot be changed, and Serverless refuses the network settings here",
    "databricks:index/entitlements:Entitlements.databricksSqlAccess": "which pages a group sees, not what it may do",
    "databricks:index/entitlements:Entitlements.workspaceAccess": "which pages a group sees, not what it may do",
    "databricks:index/entitlements:Entitlements.workspaceConsume": "which pages a group sees, not what it may do",
    "databricks:index/sqlEndpoint:SqlEndpoint.enablePhoton": "faster and dearer at once",
    "databricks:index/sqlEndpoint:SqlEndpoint.enableServerlessCompute": "another price, chosen in settings",
    "databricks:index/sqlEndpoint:SqlEndpoint.noWait": "whether the deployment waits for the start",
    "machinelearningservices:EnvironmentVersion.*": "how an image is built and listed",
    "databricks:index/gitCredential:GitCredential.force": "overwrites an earlier one",
    "databricks:index/instancePool:InstancePool.enableElasticDisk": "disks grow instead of jobs failing",
    "databricks:index/job:Job.queue.enabled": "a queued or a skipped run: neither opens nor costs",
    "databricks:index/job:Job.tasks[].retryOnTimeout": "retries are bounded by maxRetries",
    "databricks:index/servicePrincipal:ServicePrincipal.databricksSqlAccess": "which pages it sees",
    "databricks:index/servicePrincipal:ServicePrincipal.workspaceAccess": "which pages it sees",
    "databricks:index/servicePrincipal:ServicePrincipal.force": "adopts the principal if it is there already",
    "databricks:index/servicePrincipal:ServicePrincipal.disableAsUserDeletion": "how it is removed at the end",
    "databricks:index/workspaceConf:WorkspaceConf.customConfig.enableIpAccessLists": "for public workspaces",
    "containerservice:MaintenanceConfiguration.*": "when nodes are patched, not whether",
    "databricks:index/externalLocation:ExternalLocation.readOnly": "only the landing zone must be: AMLP-DO-049",
    "datafactory:Factory.globalParameters.*": "a wrong type fails at the first run",
    "datafactory:Pipeline.activities[].*": "what a pipeline does; whom it signs in as stands in its linked services",
    "machinelearningservices:Registry.*.storageAccountHnsEnabled": "a layout of files",
    "monitor:ActionGroup.*.useCommonAlertSchema": "how a mail is laid out",
    "monitor:MetricAlert.autoMitigate": "when an alert closes, not when it comes",
    "monitor:MetricAlert.criteria.*": "what it computes; that it reaches somebody is AMLP-MN-008",
    "monitor:ScheduledQueryRule.autoMitigate": "when an alert closes, not when it comes",
    "monitor:ScheduledQueryRule.criteria.*": "what it computes; that it reaches somebody is AMLP-MN-008",
    "monitor:ScheduledQueryRule.kind": "a rule of another kind is refused",
    "monitor:ScheduledQueryRule.skipQueryValidation": "tables are there only after the first run",
    "resources:Deployment.tags": "the deployment is a record, not a resource that costs",
    "synapse:Workspace.defaultDataLakeStorage.createManagedPrivateEndpoint": "without it the lake is not reached",
    "keyvault:Vault.properties.sku.family": "A is the only value",
    "kubernetesconfiguration:Extension.autoUpgradeMinorVersion": "a pinned version is as safe until it is old",
    "kubernetesconfiguration:Extension.configurationSettings.enableInference": "without inference nothing answers",
    "kubernetesconfiguration:Extension.configurationSettings.enableTraining": "training there is cost already counted",
    "kubernetesconfiguration:Extension.configurationSettings.nginxIngress.enabled": "the router needs it",
    "kubernetesconfiguration:Extension.configurationSettings.relayserver.enabled": "needed for training logs only",
    "kubernetesconfiguration:Extension.configurationSettings.servicebus.enabled": "needed for training queues only",
    "kubernetesconfiguration:Extension.identity.type": "SystemAssigned is the only value",
    "machinelearningservices:Compute.properties.computeType": "another kind of compute, which has rules of its own",
    "machinelearningservices:Compute.properties.properties.osType": "Linux is the only value that works",
    "machinelearningservices:OnlineEndpoint.properties.compute": "not an enum",
    "machinelearningservices:Workspace.managedNetwork.enableNetworkMonitor": "a preview, off by default",
    "machinelearningservices:Workspace.managedNetwork.outboundRules.*.category": "UserDefined is the only one allowed",
    "machinelearningservices:Workspace.managedNetwork.outboundRules.*.type": "must fit the destination",
    "machinelearningservices:Workspace.sku.*": "Basic is the only tier left",
    "network:NetworkSecurityGroup.securityRules[].direction": "the addresses decide; they are mutated",
    "network:NatGateway.sku.name": "the newer SKU is no weaker",
    "network:NetworkSecurityGroup.securityRules[].protocol": "an allowed port over another protocol answers nothing",
    "network:PrivateEndpoint.subnet.*": "defaults that the SDK adds to a reference; the subnet itself says them",
    "network:Subnet.privateLinkServiceNetworkPolicies": "for private link services, of which there are none",
    "network:VirtualNetwork.enableDdosProtection": "bought for the hub, not for one spoke",
    "network:VirtualNetwork.enableVmProtection": "a property without effect",
    "network:VirtualNetworkPeering.allowForwardedTraffic": "what the hub's firewall passes on comes this way",
    "network:VirtualNetworkPeering.allowVirtualNetworkAccess": "off is stricter",
    "network:VirtualNetworkPeering.useRemoteGateways": "the hub decides with its own gateway transit",
    "recoveryservices:ProtectedItem.properties.protectedItemType": "must fit the container, else refused",
    "recoveryservices:ProtectionContainer.properties.*": "must fit the source, else refused",
    "recoveryservices:ProtectionPolicy.properties.backupManagementType": "must fit the source, else refused",
    "recoveryservices:ProtectionPolicy.properties.workLoadType": "must fit the source, else refused",
    "recoveryservices:ProtectionPolicy.properties.retentionPolicy.retentionPolicyType": "must fit the schedule",
    "recoveryservices:ProtectionPolicy.properties.retentionPolicy.dailySchedule.retentionDuration.durationType": (
        "weeks, months and years keep longer than days"
    ),
    "recoveryservices:ProtectionPolicy.properties.schedulePolicy.schedulePolicyType": "must fit the frequency",
    "recoveryservices:Vault.sku.*": "Standard is the only SKU",
    "storage:StorageAccount.accessTier": "a price of reading, decided by how often data is read",
    "storage:StorageAccount.encryption.keySource": "a key of our own needs the vault's properties, else refused",
    "storage:StorageAccount.encryption.services.*.keyType": "matters for queues and tables with a key of our own",
}
"""Booleans and enums that are neither security nor cost, with the reason."""

SAFE_VALUES: Mapping[str, tuple[tuple[str, ...], str]] = {
    "*.identity.type": (
        ("SystemAssigned, UserAssigned", "SystemAssigned,UserAssigned"),
        "holds our identity too",
    ),
    "authorization:ManagementLockByScope.level": (("ReadOnly",), "stricter"),
    "containerservice:ManagedCluster.autoUpgradeProfile.nodeOSUpgradeChannel": (
        ("SecurityPatch",),
        "patched too",
    ),
    "containerservice:ManagedCluster.autoUpgradeProfile.upgradeChannel": (("stable", "rapid"), "patched too"),
    "containerservice:ManagedCluster.identity.type": (
        ("SystemAssigned",),
        "an identity without a secret too",
    ),
    "containerservice:ManagedCluster.networkProfile.networkPolicy": (("calico",), "enforced too"),
    "containerservice:ManagedCluster.networkProfile.outboundType": (
        ("userDefinedRouting", "none", "block"),
        "through the hub's firewall, or not at all",
    ),
    "containerservice:ManagedCluster.sku.tier": (("Premium",), "has the guarantee too"),
    "containerservice:*.type": (("VirtualMachines",), "spans zones too"),
    "databricks:index/job:Job.jobClusters[].newCluster.dataSecurityMode": (
        ("USER_ISOLATION",),
        "isolated too",
    ),
    "databricks:index/permissions:Permissions.accessControls[].permissionLevel": (
        ("CAN_VIEW", "CAN_READ", "CAN_USE", "CAN_RUN", "CAN_ATTACH_TO"),
        "looking, or what the object is for",
    ),
    "machinelearningservices:OnlineEndpoint.properties.authMode": (
        ("AADToken",),
        "Entra tokens are stricter",
    ),
    "machinelearningservices:Workspace.systemDatastoresAuthMode": (
        ("UserDelegationSAS",),
        "made from an identity",
    ),
    "network:NetworkSecurityGroup.securityRules[].access": (("Deny",), "stricter"),
    "keyvault:Vault.properties.networkAcls.bypass": (("None",), "stricter"),
    "datafactory:Factory.identity.type": (("UserAssigned",), "an identity without a secret too"),
    "datafactory:LinkedService.properties.authenticationType": (
        ("UserAssignedManagedIdentity",),
        "an identity too",
    ),
    "datafactory:Trigger.properties.recurrence.frequency": (("Week", "Month"), "less often"),
    "containerservice:ManagedCluster.disableLocalAccounts": (("true",), "stricter: today's value is waived"),
    "network:PublicIPAddress.sku.name": (("StandardV2",), "the newer SKU"),
    "network:Subnet.privateEndpointNetworkPolicies": (("Enabled",), "security groups and routes both apply"),
    "recoveryservices:ProtectionPolicy.properties.schedulePolicy.scheduleRunFrequency": (
        ("Hourly",),
        "more often",
    ),
    "storage:StorageAccount.encryption.*": (("Microsoft.Keyvault",), "a key of our own"),
    "storage:StorageAccount.minimumTlsVersion": (("TLS1_3",), "stricter"),
    "storage:StorageAccount.networkRuleSet.bypass": (
        ("Logging", "Metrics"),
        "fewer exceptions; the None mutant stands",
    ),
    "storage:StorageAccount.sku.name": (
        (
            "Standard_ZRS",
            "Standard_GRS",
            "Standard_RAGRS",
            "Standard_RAGZRS",
            "StandardV2_ZRS",
            "StandardV2_GZRS",
            "Premium_ZRS",
            "PremiumV2_ZRS",
            "StandardV2_GRS",
        ),
        "survives the loss of a zone or of the region",
    ),
}
"""Other values that are as safe or safer, so no mutants."""

SAFE_DEFAULTS: Mapping[str, str] = {
    "containerregistry:Registry.adminUserEnabled": "off by default",
    "containerregistry:Registry.anonymousPullEnabled": "off by default",
    "containerservice:ManagedCluster.enableRBAC": "on by default",
    "containerservice:*.type": "scale sets by default",
    "databricks:index/entitlements:Entitlements.allow*": "off by default",
    "databricks:index/sqlEndpoint:SqlEndpoint.maxNumClusters": "1 by default",
    "databricks:index/job:Job.tasks[].maxRetries": "no retries by default",
    "databricks:index/job:Job.maxConcurrentRuns": "1 by default",
    "databricks:index/job:Job.schedule.pauseStatus": "UNPAUSED by default",
    "databricks:index/instancePool:InstancePool.azureAttributes.availability": "ON_DEMAND_AZURE by default for pools",
    "databricks:index/instancePool:InstancePool.minIdleInstances": "0 by default",
    "keyvault:Vault.properties.networkAcls.bypass": "stricter without",
    "datafactory:LinkedService.properties.authenticationType": "the factory's identity by default",
    "datafactory:Trigger.properties.recurrence.frequency": "required: refused without",
    "machinelearningservices:Registry.*.allowBlobPublicAccess": "off by default",
    "monitor:ActionGroup.enabled": "on by default",
    "monitor:ScheduledQueryRule.enabled": "on by default",
    "storage:BlobContainer.publicAccess": "None by default, and the account allows no other",
    "storage:ManagementPolicy.policy.rules[].enabled": "on by default",
    "storage:StorageAccount.isLocalUserEnabled": "without SFTP a local user has no way in",
    "storage:StorageAccount.isSftpEnabled": "off by default",
    "synapse:Workspace.managedVirtualNetworkSettings.linkedAccessCheckOnTargetResource": "decided at creation",
    "synapse:Workspace.trustedServiceBypassEnabled": "off by default",
    "containerservice:ManagedCluster.disableLocalAccounts": "today's value, which is waived",
    "consumption:Budget.notifications.*.thresholdType": "Actual by default; without a forecast AMLP-FN-001 says so",
    "databricks:index/permissions:Permissions.accessControls[].groupName": "an entry without a principal is refused",
    "databricks:index/secretAcl:SecretAcl.*": "required: refused without",
    "databricks:index/job:Job.tasks[].notebookTask.notebookPath": "required: refused without",
    "databricks:index/job:Job.tasks[].libraries[].pypi.package": "required: refused without",
    "databricks:index/job:Job.jobClusters[].newCluster.sparkVersion": "required: refused without",
    "databricks:index/job:Job.jobClusters[].newCluster.sparkEnvVars.*": "without it the run cannot sign in",
    "databricks:index/job:Job.jobClusters[].newCluster.numWorkers": "no workers: costs less",
    "databricks:index/job:Job.health.rules[].value": "required: refused without",
    "databricks:index/instancePool:InstancePool.nodeTypeId": "required: refused without",
    "machinelearningservices:Compute.properties.properties.vmSize": "required: refused without",
    "machinelearningservices:Workspace.managedNetwork.outboundRules.*.destination": "required: refused without",
    "network:NetworkSecurityGroup.securityRules[].*AddressPrefix": "a rule without addresses is refused",
    "containerservice:*vmSize": "a small size by default",
    "*.location": "the resource group's by default",
    "keyvault:Vault.properties.enabledFor*": "off by default",
    "keyvault:Vault.properties.enableSoftDelete": "on by default, and cannot be switched off any more",
    "kubernetesconfiguration:Extension.releaseTrain": "Stable by default",
    "machinelearningservices:Compute.properties.properties.enableSSO": "on by default",
    "machinelearningservices:Compute.properties.properties.scaleSettings.minNodeCount": "0 by default",
    "machinelearningservices:Compute.properties.properties.vmPriority": "Dedicated by default",
    "machinelearningservices:Workspace.v1LegacyMode": "off by default",
    "applicationinsights:Component.ingestionMode": "LogAnalytics by default with a workspace",
    "storage:StorageAccount.encryption.services.*.enabled": "always on",
    "storage:StorageAccount.kind": "required: refused without",
    "monitor:PrivateLinkScope.*": "required: refused without",
    "kubernetesconfiguration:Extension.configurationSettings.clusterPurpose": "FastProd by default",
}
"""Where leaving a property out means the same as what is declared, by the service's documentation."""

NUMBERS: Mapping[str, tuple[float, str]] = {
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
    "operationalinsights:Workspace.retentionInDays": (0.1, "less time to look back"),
    "recoveryservices:ProtectionPolicy.properties.retentionPolicy.dailySchedule.retentionDuration.count": (
        0.1,
        "less",
    ),
    "storage:BlobServiceProperties.*.days": (0.1, "less time to notice"),
    "storage:FileServiceProperties.*.days": (0.1, "less time to notice"),
}
"""Numbers and durations: what they are multiplied with. They are dropped as well."""

ADDED: Mapping[str, tuple[object, str]] = {
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
    "databricks:index/job:Job.runAs.servicePrincipalName": (("",), "runs as whoever deploys"),
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
    "authorization:ManagementLockByScope": "nothing stops a delete",
    "consumption:Budget": "nobody is told",
    "databricks:index/permissions:Permissions": "nobody knows who may use it",
    "databricks:index/workspaceConf:WorkspaceConf": "Databricks' own defaults",
    "monitor:DiagnosticSetting": "nothing is logged",
    "monitor:PrivateLinkScopedResource": "nothing arrives",
    "network:NatGateway": "nodes have no way out",
    "network:NetworkSecurityGroup": "nothing is filtered",
    "network:PrivateDnsZoneGroup": "the name leads to the public address",
    "network:PrivateEndpoint": "no private way in",
    "recoveryservices:ProtectedItem": "no backup",
    "recoveryservices:ProtectionPolicy": "no backup",
    "databricks:index/clusterPolicy:ClusterPolicy": "nothing limits clusters",
}
"""Types of which each resource is taken out once."""

_CALLED = "the task runs another job, whose own tasks are retried; starting that whole job again is no safety"

SURVIVORS: Mapping[str, str] = {
    "consumption:Budget budget notifications.actual-100-percent.thresholdType: becomes 'Forecasted'": (
        "the notification at 80 % of actual cost still comes, and a third one on forecasted cost harms nobody"
    ),
    "authorization:RoleAssignment ml-workspace-identity-reader-aks scope: becomes 'resource group'": (
        "Reader on the whole resource group is what people hold too: it reads configuration, no data and no secret"
    ),
    "databricks:index/job:Job databricks-job-train-and-score tasks[0].maxRetries: becomes 0": _CALLED,
    "databricks:index/job:Job databricks-job-train-and-score tasks[1].maxRetries: becomes 0": _CALLED,
}
"""Mutants that nothing catches, each with the reason why that is accepted."""
