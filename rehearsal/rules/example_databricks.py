"""A correct declaration of each Databricks type, and of a provider for them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from rehearsal.rules import tokens
from rehearsal.rules.example_azure import DATABRICKS_ID, GROUP

DATABRICKS_EXAMPLES: Mapping[str, Mapping[str, object]] = {
    tokens.DATABRICKS_PROVIDER: {"azureWorkspaceResourceId": DATABRICKS_ID, "authType": "azure-cli"},
    tokens.CLUSTER_POLICY: {
        "name": "data-scientist-dev",
        "definition": json.dumps({"autotermination_minutes": {"type": "range", "maxValue": 60}}),
    },
    tokens.INSTANCE_POOL: {
        "instancePoolName": "pool-ml-dev",
        "nodeTypeId": "Standard_D4ds_v5",
        "minIdleInstances": 0,
        "maxCapacity": 10,
        "idleInstanceAutoterminationMinutes": 15,
        "azureAttributes": {"availability": "ON_DEMAND_AZURE"},
    },
    tokens.CLUSTER: {
        "clusterName": "shared-dev",
        "sparkVersion": "16.4.x-scala2.12",
        "nodeTypeId": "Standard_D4ds_v5",
        "autoscale": {"minWorkers": 1, "maxWorkers": 4},
        "autoterminationMinutes": 30,
        "dataSecurityMode": "USER_ISOLATION",
    },
    tokens.JOB: {
        "name": "train-dev",
        "jobClusters": [
            {
                "jobClusterKey": "train",
                "newCluster": {
                    "sparkVersion": "16.4.x-scala2.12",
                    "nodeTypeId": "Standard_D16ds_v5",
                    "numWorkers": 12,
                },
            }
        ],
        "gitSource": {"url": "https://github.com/contoso/ml", "provider": "gitHub", "branch": "main"},
        "tasks": [
            {
                "taskKey": "train",
                "jobClusterKey": "train",
                "notebookTask": {"notebookPath": "notebooks/train", "source": "GIT"},
            }
        ],
    },
    tokens.REPO: {"url": "https://github.com/contoso/ml", "path": "/Repos/platform/ml", "branch": "main"},
    tokens.GIT_CREDENTIAL: {"gitProvider": "azureDevOpsServicesAad"},
    tokens.PERMISSIONS: {
        "clusterPolicyId": "E0631F5C0D0006D6",
        "accessControls": [{"groupName": "data-scientists", "permissionLevel": "CAN_USE"}],
    },
    tokens.SECRET_SCOPE: {
        "name": "platform",
        "keyvaultMetadata": {
            "resourceId": f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv-ml-dev-7k2ap",
            "dnsName": "https://kv-ml-dev-7k2ap.vault.azure.net/",
        },
    },
    tokens.SQL_WAREHOUSE: {
        "name": "wh-dev",
        "clusterSize": "2X-Small",
        "autoStopMins": 15,
        "enableServerlessCompute": False,
    },
    tokens.TOKEN: {"comment": "rotation 2026-11", "lifetimeSeconds": 7776000},
    tokens.WORKSPACE_CONF: {"customConfig": {"enableIpAccessLists": "true"}},
    tokens.EXPERIMENT: {"name": "/Shared/forecast"},
}
"""Type token -> inputs."""
