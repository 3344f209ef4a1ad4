"""Which types carry tags, and under which input: Azure's and what Databricks puts on the machines it makes."""

from __future__ import annotations

from collections.abc import Mapping

TAG_INPUTS: Mapping[str, tuple[str, ...]] = {
    **{
        f"azure-native:{name}": ("tags",)
        for name in (
            "app:ContainerApp",
            "app:ManagedEnvironment",
            "applicationinsights:Component",
            "applicationinsights:Workbook",
            "cognitiveservices:Account",
            "containerinstance:ContainerGroup",
            "containerregistry:Registry",
            "containerservice:AgentPool",
            "containerservice:ManagedCluster",
            "databricks:AccessConnector",
            "databricks:Workspace",
            "datafactory:Factory",
            "dataprotection:BackupInstance",
            "dataprotection:BackupVault",
            "eventgrid:SystemTopic",
            "keyvault:Vault",
            "machinelearningservices:BatchEndpoint",
            "machinelearningservices:Compute",
            "machinelearningservices:OnlineEndpoint",
            "machinelearningservices:Registry",
            "machinelearningservices:Workspace",
            "managedidentity:UserAssignedIdentity",
            "monitor:ActionGroup",
            "monitor:ActivityLogAlert",
            "monitor:DataCollectionEndpoint",
            "monitor:DataCollectionRule",
            "monitor:MetricAlert",
            "monitor:PrivateLinkScope",
            "monitor:ScheduledQueryRule",
            "network:AzureFirewall",
            "network:FirewallPolicy",
            "network:FlowLog",
            "network:NatGateway",
            "network:NetworkSecurityGroup",
            "network:PrivateEndpoint",
            "network:PublicIPAddress",
            "network:RouteTable",
            "network:VirtualNetwork",
            "operationalinsights:Workspace",
            "privatedns:PrivateZone",
            "privatedns:VirtualNetworkLink",
            "recoveryservices:Vault",
            "resources:ResourceGroup",
            "sql:Server",
            "storage:StorageAccount",
            "synapse:BigDataPool",
            "synapse:PrivateLinkHub",
            "synapse:SqlPool",
            "synapse:Workspace",
        )
    },
    "databricks:index/cluster:Cluster": ("customTags",),
    "databricks:index/instancePool:InstancePool": ("customTags",),
    "databricks:index/job:Job": ("tags", "jobClusters[].newCluster.customTags"),
    "databricks:index/mlflowExperiment:MlflowExperiment": ("tags",),
    "databricks:index/sqlEndpoint:SqlEndpoint": ("tags.customTags",),
}
"""The type of a resource to the paths of its tags: a map, or a list of `key` and `value`."""
