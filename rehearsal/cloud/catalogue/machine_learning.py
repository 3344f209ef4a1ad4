"""Azure Machine Learning, API 2025-12-01."""

from __future__ import annotations

from rehearsal.cloud.catalogue.entry import IN_RESOURCE_GROUP as RG
from rehearsal.cloud.catalogue.entry import OutputSet, entry

_WORKSPACE = RG + "Microsoft.MachineLearningServices/workspaces/{workspaceName}"
_ASSETS = {
    "Environment": "environments",
    "Data": "data",
    "Component": "components",
    "Code": "codes",
    "Model": "models",
}
"""Versioned assets: a container by name, and versions in it."""

MACHINE_LEARNING = (
    entry(
        "azure-native:machinelearningservices:Workspace",
        _WORKSPACE,
        {
            "workspaceId": "{guid:workspace}",
            "tenantId": "{tenantId}",
            "discoveryUrl": "https://{location}.api.azureml.ms/discovery",
            "mlFlowTrackingUri": "azureml://{location}.api.azureml.ms/mlflow/v1.0{id}",
            "storageHnsEnabled": False,
            "notebookInfo.fqdn": "ml-{workspaceName}-{location}-{guid:workspace}.{location}.notebooks.azure.net",
            "notebookInfo.resourceId": "{hex:32}",
        },
    ),
    entry(
        "azure-native:machinelearningservices:Compute",
        _WORKSPACE + "/computes/{computeName}",
        {"properties.provisioningState": "Succeeded", "properties.isAttachedCompute": False},
    ),
    entry("azure-native:machinelearningservices:Datastore", _WORKSPACE + "/datastores/{name}"),
    entry(
        "azure-native:machinelearningservices:OnlineEndpoint",
        _WORKSPACE + "/onlineEndpoints/{endpointName}",
        {"properties.provisioningState": "Succeeded"},
        # A managed endpoint has a host of its own; one on Kubernetes is served by the cluster's azureml-fe
        # router, whose address is the load balancer's (learn.microsoft.com
        # machine-learning/how-to-attach-kubernetes-anywhere).
        OutputSet(
            {
                "properties.scoringUri": "https://{name}.{location}.inference.ml.azure.com/score",
                "properties.swaggerUri": "https://{name}.{location}.inference.ml.azure.com/swagger.json",
            },
            unless="properties.compute",
        ),
        OutputSet(
            {
                "properties.scoringUri": "http://192.0.2.10/api/v1/endpoint/{name}/score",
                "properties.swaggerUri": "http://192.0.2.10/api/v1/endpoint/{name}/swagger.json",
            },
            when="properties.compute",
        ),
    ),
    entry(
        "azure-native:machinelearningservices:OnlineDeployment",
        _WORKSPACE + "/onlineEndpoints/{endpointName}/deployments/{deploymentName}",
    ),
    entry(
        "azure-native:machinelearningservices:BatchEndpoint",
        _WORKSPACE + "/batchEndpoints/{endpointName}",
        {
            "properties.scoringUri": "https://{name}.{location}.inference.ml.azure.com/jobs",
            "properties.provisioningState": "Succeeded",
        },
    ),
    entry(
        "azure-native:machinelearningservices:BatchDeployment",
        _WORKSPACE + "/batchEndpoints/{endpointName}/deployments/{deploymentName}",
    ),
    entry(
        "azure-native:machinelearningservices:Registry",
        RG + "Microsoft.MachineLearningServices/registries/{registryName}",
        {
            "discoveryUrl": "https://{location}.api.azureml.ms/registrymanagement/v1.0/registries/{name}/discovery",
            "mlFlowRegistryUri": "azureml://{location}.api.azureml.ms/mlflow/v1.0{id}",
            "managedResourceGroup.resourceId": "/subscriptions/{subscriptionId}/resourceGroups/"
            "azureml-rg-{name}_{guid:registry}",
        },
    ),
    entry(
        "azure-native:machinelearningservices:ManagedNetworkSettingsRule",
        _WORKSPACE + "/outboundRules/{ruleName}",
    ),
    entry("azure-native:machinelearningservices:Schedule", _WORKSPACE + "/schedules/{name}"),
    entry(
        "azure-native:machinelearningservices:WorkspaceConnection",
        _WORKSPACE + "/connections/{connectionName}",
    ),
    *(
        entry(
            f"azure-native:machinelearningservices:{kind}Container",
            f"{_WORKSPACE}/{segment}/{{name}}",
        )
        for kind, segment in _ASSETS.items()
    ),
    *(
        entry(
            f"azure-native:machinelearningservices:{kind}Version",
            f"{_WORKSPACE}/{segment}/{{name}}/versions/{{version}}",
        )
        for kind, segment in _ASSETS.items()
    ),
    entry("azure-native:machinelearningservices:Job", _WORKSPACE + "/jobs/{id}", guid_name=True),
)
