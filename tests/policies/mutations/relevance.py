"""What is left as it is in prod's inventory, and why.

Keys are patterns (`*`, `?`) over `<type>.<path>`, with `[]` for the items of a list, without a type's `azure-native:`.

Every boolean and every value of an enum is relevant unless it stands here; numbers, sizes and roles are relevant where
a table of `changes` says how.
"""

from __future__ import annotations

from collections.abc import Mapping

NOT_RELEVANT: Mapping[str, str] = {
    "*.tags.*": "judged as a whole: see the rules about tags",
    "*.customTags.*": "judged as a whole: see the rules about tags",
    "*.location": "not an enum: see REPLACED",
    "databricks:index/job:Job.jobClusters[].newCluster.sparkConf.*": (
        "how new tables are laid out: with another layout serverless SQL fails to read, it opens nothing"
    ),
    "containerservice:*.osDiskSizeGB": "an ephemeral disk costs nothing, and one too large is refused by AKS",
    "containerservice:*[].osDiskSizeGB": "an ephemeral disk costs nothing, and one too large is refused by AKS",
    "databricks:index/sqlTable:SqlTable.properties.*": (
        "how a table is laid out: with another layout serverless SQL fails to read, it opens nothing"
    ),
    "datafactory:Trigger.properties.frequency": (
        "a window's length is frequency and interval together: a longer unit only starts the pipeline less often"
    ),
    "datafactory:*.parameters.*.type": (
        "a window's bound and a file's name are texts; another type fails the run, aloud"
    ),
    "app:ContainerApp.configuration.activeRevisionsMode": (
        "how traffic moves to a new image; every revision is behind the same sign-in"
    ),
    "app:ContainerApp.configuration.ingress.targetPort": "a wrong port answers nothing",
    "app:ContainerApp.template.containers[].resources.cpu": (
        "the Consumption profile gives 4 cores at most, and AMLP-CA-003 bounds how often"
    ),
    "app:ManagedEnvironment.vnetConfiguration.internal": (
        "without a public address is stricter, and with one publicNetworkAccess decides"
    ),
    "app:ManagedEnvironment.workloadProfiles[].enableFips": "for dedicated profiles only; the profile is Consumption",
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
    "machinelearningservices:Datastore.properties.serviceDataAccessAuthIdentity": (
        "with which identity the studio shows what is in a store; jobs read as themselves"
    ),
    "machinelearningservices:Datastore.skipValidation": "whether the service looks into the store, as the deployer",
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
    "datafactory:Pipeline.activities[].*": "what a pipeline does; its linked services have its identity",
    "machinelearningservices:Registry.*.storageAccountHnsEnabled": "a layout of files",
    "eventgrid:SystemTopicEventSubscription.destination.severity": "how loud the mail is, not whether it comes",
    "eventgrid:SystemTopicEventSubscription.filter.isSubjectCaseSensitive": "no subject is filtered by",
    "monitor:ActionGroup.*.useCommonAlertSchema": "how a mail is laid out",
    "monitor:MetricAlert.autoMitigate": "when an alert closes, not when it comes",
    "monitor:MetricAlert.criteria.*": "what it computes; that it reaches somebody is AMLP-MN-008",
    "monitor:ScheduledQueryRule.autoMitigate": "when an alert closes, not when it comes",
    "monitor:ScheduledQueryRule.criteria.*": "what it computes; that it reaches somebody is AMLP-MN-008",
    "monitor:ScheduledQueryRule.kind": "a rule of another kind is refused",
    "monitor:ScheduledQueryRule.skipQueryValidation": "tables are there only after the first run",
    "network:FlowLog.flowAnalyticsConfiguration.*": "who looks through the flows, not whether they are written",
    "network:FlowLog.format.type": "JSON is the only value",
    "network:FlowLog.identity.type": "the account's owner says who writes there",
    "network:FlowLog.format.version": "there are two, and the second adds bytes and states of each flow",
    "network:FlowLog.retentionPolicy.enabled": "without it the flows are kept until somebody deletes them",
    "resources:DeploymentAtSubscriptionScope.*.extensions[].isEnabled": "one more part watches, no less",
    "resources:DeploymentAtSubscriptionScope.tags": "the deployment is a record, not a resource that costs",
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
    "kubernetesconfiguration:FluxConfiguration.gitRepository.*InSeconds": "how often is looked, and how long waited",
    "kubernetesconfiguration:FluxConfiguration.kustomizations.*": (
        "how instance types are applied, by values of the stack's own: what goes wrong there deploys no model"
    ),
    "kubernetesconfiguration:FluxConfiguration.scope": "in a namespace instance types could not be made: it fails",
    "kubernetesconfiguration:FluxConfiguration.sourceKind": "must fit the source that is given, else refused",
    "kubernetesconfiguration:FluxConfiguration.suspend": "a suspended one applies nothing: no model is deployed",
    "kubernetesconfiguration:FluxConfiguration.waitForReconciliation": (
        "without waiting a first deployment may come before its instance type, and is tried again"
    ),
    "machinelearningservices:Workspace.provisionNetworkNow": (
        "without it the first compute provisions the network; AML202 tells where a deployment would come before"
    ),
    "privatedns:PrivateRecordSet.ttl": "how long a name is remembered",
    "privatedns:VirtualNetworkLink.registrationEnabled": "names of machines appear in a zone that nobody asks for them",
    "machinelearningservices:Compute.properties.computeType": "another kind of compute, which has rules of its own",
    "machinelearningservices:Compute.properties.properties.osType": "Linux is the only value that works",
    "machinelearningservices:OnlineEndpoint.properties.compute": "not an enum",
    "machinelearningservices:Workspace.managedNetwork.outboundRules.*.destination.sparkEnabled": (
        "whether the workspace's serverless Spark reaches the target too"
    ),
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
    "dataprotection:BackupVault.properties.monitoringSettings.*": (
        "whether the portal shows an alert too; the log alerts on failed and missing copies tell people"
    ),
    "dataprotection:BackupPolicy.properties.policyRules[].trigger.taggingCriteria[].taggingPriority": (
        "the order of tags, of which there is one"
    ),
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
    "dataprotection:BackupVault.properties.featureSettings.crossSubscriptionRestoreSettings.state": (
        ("PermanentlyDisabled",),
        "off for good",
    ),
    "dataprotection:BackupVault.properties.storageSettings[].type": (
        ("ZoneRedundant",),
        "survives the loss of a zone too",
    ),
    "*.identity.type": (
        ("SystemAssigned, UserAssigned", "SystemAssigned,UserAssigned"),
        "holds our identity too",
    ),
    "app:ContainerApp.configuration.ingress.external": (("false",), "reached from inside only"),
    "app:ContainerApp.configuration.ingress.transport": (("http", "http2"), "behind the sign-in too"),
    "app:ContainerAppsAuthConfig.globalValidation.unauthenticatedClientAction": (
        ("Return401", "Return403"),
        "turned away too",
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
    "app:ContainerApp.configuration.ingress.allowInsecure": "off by default",
    "app:ContainerApp.configuration.ingress.transport": "auto by default",
    "app:ContainerApp.template.scale.minReplicas": "0 by default",
    "app:ContainerAppsAuthConfig.httpSettings.requireHttps": "on by default",
    "app:ContainerAppsAuthConfig.identityProviders.azureActiveDirectory.enabled": "on by default, once registered",
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
