"""Which types carry tags, and under which input: Azure's and what Databricks puts on the machines it makes."""

from __future__ import annotations

from collections.abc import Mapping

TAG_INPUTS: Mapping[str, str] = {
    **{
        f"azure-native:{name}": "tags"
        for name in (
            "app:ContainerApp",
            "app:ManagedEnvironment",
            "applicationinsights:Component",
            "cognitiveservices:Account",
            "containerinstance:ContainerGroup",
            "containerregistry:Registry",
            "containerservice:AgentPool",
            "containerservice:ManagedCluster",
            "databricks:AccessConnector",
            "databricks:Workspace",
            "datafactory:Factory",
            "keyvault:Vault",
            "machinelearningservices:BatchEndpoint",
            "machinelearningservices:Compute",
            "machinelearningservices:OnlineEndpoint",
            "machinelearningservices:Registry",
            "machinelearningservices:Workspace",
            "managedidentity:UserAssignedIdentity",
            "monitor:ActionGroup",
            "monitor:MetricAlert",
            "monitor:PrivateLinkScope",
            "network:NatGateway",
            "network:NetworkSecurityGroup",
            "network:PrivateEndpoint",
            "network:PublicIPAddress",
            "network:VirtualNetwork",
            "operationalinsights:Workspace",
            "recoveryservices:Vault",
            "resources:ResourceGroup",
            "sql:Server",
            "storage:StorageAccount",
            "synapse:Workspace",
        )
    },
    "databricks:index/cluster:Cluster": "customTags",
    "databricks:index/instancePool:InstancePool": "customTags",
    "databricks:index/job:Job": "jobClusters[].newCluster.customTags",
    "databricks:index/sqlEndpoint:SqlEndpoint": "tags.customTags",
}
"""Node pools carry the tags of their scale set as `tags` too."""
