"""A correct declaration of each Azure type.

Everything lies in a resource group that no case creates, so that what surrounds it counts as existing.
"""

from __future__ import annotations

from collections.abc import Mapping

from azure_facts.roles import Role, built_in_role
from rehearsal.rules import tokens

SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000"
GROUP_NAME = "rg-ml-dev"
GROUP = f"{SUBSCRIPTION}/resourceGroups/{GROUP_NAME}"
ML_SUBNET = {"id": f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-ml-dev/subnets/snet-ml"}
LOCATION = "westeurope"
ML_WORKSPACE_NAME = "mlw-ml-dev"
ML_WORKSPACE_ID = f"{GROUP}/providers/Microsoft.MachineLearningServices/workspaces/{ML_WORKSPACE_NAME}"
CLUSTER_NAME = "aks-ml-dev"
CLUSTER_ID = f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/{CLUSTER_NAME}"
DATABRICKS_ID = f"{GROUP}/providers/Microsoft.Databricks/workspaces/dbw-ml-dev"
SYNAPSE_NAME = "synw-ml-dev-7k2ap"
SOMEBODY = "11111111-1111-1111-1111-111111111111"
TENANT = "22222222-2222-2222-2222-222222222222"
READER = f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{built_in_role(Role.READER).guid}"

_HERE = {"resourceGroupName": GROUP_NAME, "location": LOCATION}
_IN_WORKSPACE = {"resourceGroupName": GROUP_NAME, "workspaceName": ML_WORKSPACE_NAME}

AML_EXTENSION_SETTINGS = {
    "cluster_name": CLUSTER_ID,
    "clusterId": CLUSTER_ID,
    "prometheus.prometheusSpec.externalLabels.cluster_name": CLUSTER_ID,
    "cluster_name_friendly": CLUSTER_NAME,
    "domain": f"{LOCATION}.cloudapp.azure.com",
    "location": LOCATION,
    "jobSchedulerLocation": LOCATION,
    "servicebus.enabled": "false",
    "relayserver.enabled": "false",
    "nginxIngress.enabled": "true",
    "enableTraining": "False",
    "enableInference": "True",
    "inferenceRouterServiceType": "LoadBalancer",
    "inferenceRouterHA": "False",
    "clusterPurpose": "DevTest",
    "allowInsecureConnections": "True",
}

AZURE_EXAMPLES: Mapping[str, Mapping[str, object]] = {
    tokens.RESOURCE_GROUP: {"resourceGroupName": GROUP_NAME, "location": LOCATION},
    tokens.STORAGE_ACCOUNT: {
        **_HERE,
        "accountName": "stmldev7k2ap",
        "kind": "StorageV2",
        "sku": {"name": "Standard_LRS"},
        "minimumTlsVersion": "TLS1_2",
    },
    tokens.BLOB_SERVICE: {
        "resourceGroupName": GROUP_NAME,
        "accountName": "stmldev7k2ap",
        "blobServicesName": "default",
    },
    tokens.VAULT: {
        **_HERE,
        "vaultName": "kv-ml-dev-7k2ap",
        "properties": {
            "tenantId": TENANT,
            "sku": {"family": "A", "name": "standard"},
            "enableRbacAuthorization": True,
            "enablePurgeProtection": True,
            "softDeleteRetentionInDays": 90,
        },
    },
    tokens.REGISTRY: {**_HERE, "registryName": "crmldev7k2ap", "sku": {"name": "Basic"}},
    tokens.LOG_ANALYTICS: {
        **_HERE,
        "workspaceName": "log-ml-dev",
        "sku": {"name": "PerGB2018"},
        "retentionInDays": 30,
    },
    tokens.APPLICATION_INSIGHTS: {
        **_HERE,
        "resourceName": "appi-ml-dev",
        "kind": "web",
        "applicationType": "web",
        "ingestionMode": "LogAnalytics",
        "workspaceResourceId": f"{GROUP}/providers/Microsoft.OperationalInsights/workspaces/log-ml-dev",
    },
    tokens.BUDGET: {
        "scope": GROUP,
        "budgetName": "budget-ml-dev",
        "category": "Cost",
        "amount": 2500,
        "timeGrain": "Monthly",
        "timePeriod": {"startDate": "2100-01-01T00:00:00Z"},
    },
    tokens.SYNAPSE_WORKSPACE: {
        **_HERE,
        "workspaceName": SYNAPSE_NAME,
        "identity": {"type": "SystemAssigned"},
        "azureADOnlyAuthentication": True,
        "managedVirtualNetwork": "default",
        "managedVirtualNetworkSettings": {"preventDataExfiltration": True},
        "defaultDataLakeStorage": {
            "accountUrl": "https://dlsmldev7k2ap.dfs.core.windows.net",
            "filesystem": "synapse",
            "resourceId": f"{GROUP}/providers/Microsoft.Storage/storageAccounts/dlsmldev7k2ap",
            "createManagedPrivateEndpoint": True,
        },
    },
    tokens.SYNAPSE_SQL_POOL: {
        **_HERE,
        "workspaceName": SYNAPSE_NAME,
        "sqlPoolName": "predictions",
        "createMode": "Default",
        "sku": {"name": "DW100c"},
    },
    tokens.SYNAPSE_SPARK_POOL: {
        **_HERE,
        "workspaceName": SYNAPSE_NAME,
        "bigDataPoolName": "training",
        "sparkVersion": "3.5",
        "nodeSize": "Small",
        "nodeSizeFamily": "MemoryOptimized",
        "autoScale": {"enabled": True, "minNodeCount": 3, "maxNodeCount": 10},
        "autoPause": {"enabled": True, "delayInMinutes": 15},
    },
    tokens.SYNAPSE_FIREWALL_RULE: {
        "resourceGroupName": GROUP_NAME,
        "workspaceName": SYNAPSE_NAME,
        "ruleName": "office",
        "startIpAddress": "203.0.113.0",
        "endIpAddress": "203.0.113.255",
    },
    tokens.SYNAPSE_KEY: {
        "resourceGroupName": GROUP_NAME,
        "workspaceName": SYNAPSE_NAME,
        "keyName": "platform",
        "isActiveCMK": True,
        "keyVaultUrl": "https://kv-ml-dev-7k2ap.vault.azure.net/keys/platform",
    },
    tokens.SYNAPSE_HUB: {**_HERE, "privateLinkHubName": "synplhmldev"},
    tokens.PRIVATE_ENDPOINT: {
        **_HERE,
        "privateEndpointName": "pep-synapse-sql-ml-dev",
        "subnet": {"id": f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-hub/subnets/endpoints"},
        "privateLinkServiceConnections": [
            {
                "name": "synapse-sql",
                "privateLinkServiceId": f"{GROUP}/providers/Microsoft.Synapse/workspaces/{SYNAPSE_NAME}",
                "groupIds": ["Sql"],
            }
        ],
    },
    tokens.ROLE_ASSIGNMENT: {
        "scope": GROUP,
        "roleAssignmentName": "6f9619ff-8b86-d011-b42d-00c04fc964ff",
        "principalId": SOMEBODY,
        "principalType": "Group",
        "roleDefinitionId": READER,
    },
    tokens.IDENTITY: {**_HERE, "resourceName": "id-mlw-ml-dev"},
    tokens.FEDERATED_CREDENTIAL: {
        "resourceGroupName": GROUP_NAME,
        "resourceName": "id-airflow-ml-dev",
        "federatedIdentityCredentialResourceName": "github-main",
        "issuer": "https://token.actions.githubusercontent.com",
        "subject": "repo:contoso/ml:environment:dev",
        "audiences": ["api://AzureADTokenExchange"],
    },
    tokens.ML_WORKSPACE: {
        **_HERE,
        "workspaceName": ML_WORKSPACE_NAME,
        "kind": "Default",
        "identity": {"type": "SystemAssigned"},
        "storageAccount": f"{GROUP}/providers/Microsoft.Storage/storageAccounts/stmldev7k2ap",
        "keyVault": f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv-ml-dev-7k2ap",
        "applicationInsights": f"{GROUP}/providers/Microsoft.Insights/components/appi-ml-dev",
    },
    tokens.ML_COMPUTE: {
        **_IN_WORKSPACE,
        "location": LOCATION,
        "computeName": "cpu-train",
        "properties": {
            "computeType": "AmlCompute",
            "properties": {
                "vmSize": "Standard_D4ds_v5",
                "vmPriority": "Dedicated",
                "scaleSettings": {
                    "minNodeCount": 0,
                    "maxNodeCount": 4,
                    "nodeIdleTimeBeforeScaleDown": "PT120S",
                },
            },
        },
    },
    tokens.ML_DATASTORE: {
        **_IN_WORKSPACE,
        "name": "lake_raw",
        "properties": {
            "datastoreType": "AzureDataLakeGen2",
            "accountName": "dlsmldev7k2ap",
            "filesystem": "raw",
            "credentials": {"credentialsType": "None"},
        },
    },
    tokens.ML_ONLINE_ENDPOINT: {
        **_IN_WORKSPACE,
        "location": LOCATION,
        "endpointName": "ep-forecast-dev",
        "identity": {"type": "SystemAssigned"},
        "properties": {"authMode": "AADToken"},
    },
    tokens.ML_ONLINE_DEPLOYMENT: {
        **_IN_WORKSPACE,
        "location": LOCATION,
        "endpointName": "ep-forecast-dev",
        "deploymentName": "blue",
        "sku": {"name": "Default", "capacity": 1},
        "properties": {
            "endpointComputeType": "Managed",
            "instanceType": "Standard_D4as_v4",
            "model": f"{ML_WORKSPACE_ID}/models/forecast/versions/1",
        },
    },
    tokens.ML_REGISTRY: {
        **_HERE,
        "registryName": "mlr-ml-prod",
        "identity": {"type": "SystemAssigned"},
        "regionDetails": [
            {
                "location": LOCATION,
                "acrDetails": [{"systemCreatedAcrAccount": {"acrAccountSku": "Premium"}}],
                "storageAccountDetails": [
                    {
                        "systemCreatedStorageAccount": {
                            "storageAccountType": "Standard_LRS",
                            "storageAccountHnsEnabled": False,
                        }
                    }
                ],
            }
        ],
    },
    tokens.ML_OUTBOUND_RULE: {
        **_IN_WORKSPACE,
        "ruleName": "allow-github",
        "properties": {"type": "FQDN", "destination": "github.com", "category": "UserDefined"},
    },
    tokens.AKS: {
        **_HERE,
        "resourceName": CLUSTER_NAME,
        "dnsPrefix": CLUSTER_NAME,
        "identity": {"type": "SystemAssigned"},
        "kubernetesVersion": "1.36",
        "networkProfile": {
            "networkPlugin": "azure",
            "networkPluginMode": "overlay",
            "networkDataplane": "cilium",
            "networkPolicy": "cilium",
            "loadBalancerSku": "standard",
        },
        "agentPoolProfiles": [
            {
                "name": "npsystem",
                "mode": "System",
                "vmSize": "Standard_D4ds_v5",
                "count": 2,
                "osType": "Linux",
                "osSKU": "AzureLinux",
                "type": "VirtualMachineScaleSets",
                "maxPods": 110,
            }
        ],
    },
    tokens.AGENT_POOL: {
        "resourceGroupName": GROUP_NAME,
        "resourceName": CLUSTER_NAME,
        "agentPoolName": "npscoring",
        "mode": "User",
        "vmSize": "Standard_D8ds_v5",
        "count": 2,
        "enableAutoScaling": True,
        "minCount": 2,
        "maxCount": 6,
        "osType": "Linux",
        "type": "VirtualMachineScaleSets",
    },
    tokens.TRUSTED_ACCESS: {
        "resourceGroupName": GROUP_NAME,
        "resourceName": CLUSTER_NAME,
        "trustedAccessRoleBindingName": "mlw-ml-dev",
        "sourceResourceId": ML_WORKSPACE_ID,
        "roles": ["Microsoft.MachineLearningServices/workspaces/mlworkload"],
    },
    tokens.EXTENSION: {
        "resourceGroupName": GROUP_NAME,
        "clusterRp": "Microsoft.ContainerService",
        "clusterResourceName": "managedClusters",
        "clusterName": CLUSTER_NAME,
        "extensionName": "azureml",
        "extensionType": "Microsoft.AzureML.Kubernetes",
        "releaseTrain": "stable",
        "identity": {"type": "SystemAssigned"},
        "scope": {"cluster": {"releaseNamespace": "azureml"}},
        "configurationSettings": AML_EXTENSION_SETTINGS,
    },
    tokens.VIRTUAL_NETWORK: {
        **_HERE,
        "virtualNetworkName": "vnet-ml-dev",
        "addressSpace": {"addressPrefixes": ["10.20.0.0/16"]},
    },
    tokens.SUBNET: {
        "resourceGroupName": GROUP_NAME,
        "virtualNetworkName": "vnet-ml-dev",
        "subnetName": "snet-aks",
        "addressPrefix": "10.20.0.0/22",
    },
    tokens.PUBLIC_IP: {
        **_HERE,
        "publicIpAddressName": "pip-nat-ml-dev",
        "sku": {"name": "Standard"},
        "publicIPAllocationMethod": "Static",
    },
    tokens.DATABRICKS_WORKSPACE: {
        **_HERE,
        "workspaceName": "dbw-ml-dev",
        "computeMode": "Hybrid",
        "managedResourceGroupId": f"{SUBSCRIPTION}/resourceGroups/rg-dbw-ml-dev-managed",
        "sku": {"name": "premium"},
    },
}
"""Type token -> inputs."""
