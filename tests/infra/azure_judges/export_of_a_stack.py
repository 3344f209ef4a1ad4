"""An export of two resource groups in the form that `rehearsal export --format arm` writes, in a folder of a test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from azure_facts.arm_id_parsing import arm_type_of
from tests.infra.azure_judges.landing_zone import AZURE, SUBSCRIPTION

PLATFORM = f"{SUBSCRIPTION}/resourceGroups/rg-forecast-prod-weu"
HUB = f"{SUBSCRIPTION}/resourceGroups/rg-hub"
STORAGE = f"{PLATFORM}/providers/Microsoft.Storage/storageAccounts/stforecastprodweu"
CONTAINER = f"{STORAGE}/blobServices/default/containers/curated"
CLUSTER = f"{PLATFORM}/providers/Microsoft.ContainerService/managedClusters/aks-forecast-prod-weu"
PEERING = f"{HUB}/providers/Microsoft.Network/virtualNetworks/vnet-hub/virtualNetworkPeerings/to-forecast"
GRANT = (
    f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments/b0000000-0000-4000-8000-000000000001"
)
_GROUP_SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
_SUBSCRIPTION_SCHEMA = (
    "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#"
)


def _template(schema: str, *resources: dict[str, Any], **parameters: dict[str, str]) -> dict[str, Any]:
    return {
        "$schema": schema,
        "contentVersion": "1.0.0.0",
        "parameters": parameters,
        "resources": list(resources),
    }


def _resource(kind: str, name: str, **body: Any) -> dict[str, Any]:
    return {"type": kind, "apiVersion": "2025-01-01", "name": name, **body}


TEMPLATES: dict[str, tuple[str, dict[str, Any]]] = {
    "subscription.json": (
        SUBSCRIPTION,
        _template(
            _SUBSCRIPTION_SCHEMA,
            _resource("Microsoft.Resources/resourceGroups", "rg-forecast-prod-weu", location="westeurope"),
            _resource("Microsoft.Authorization/roleAssignments", GRANT.rpartition("/")[2], properties={}),
        ),
    ),
    "rg-forecast-prod-weu.json": (
        PLATFORM,
        _template(
            _GROUP_SCHEMA,
            _resource("Microsoft.Storage/storageAccounts", "stforecastprodweu", location="westeurope"),
            _resource(
                "Microsoft.Storage/storageAccounts/blobServices/containers",
                "stforecastprodweu/default/curated",
            ),
            _resource("Microsoft.ContainerService/managedClusters", "aks-forecast-prod-weu"),
            sqlPassword={"type": "secureString"},
            certificate={"type": "secureObject"},
        ),
    ),
    "rg-hub.json": (
        HUB,
        _template(
            _GROUP_SCHEMA,
            _resource("Microsoft.Network/virtualNetworks/virtualNetworkPeerings", "vnet-hub/to-forecast"),
        ),
    ),
}

_DECLARED = (
    (PLATFORM, "resources:ResourceGroup", "group", "subscription.json", 12),
    (GRANT, "authorization:RoleAssignment", "grant", "subscription.json", None),
    (STORAGE, "storage:StorageAccount", "lake", "rg-forecast-prod-weu.json", 40),
    (CONTAINER, "storage:BlobContainer", "curated", "rg-forecast-prod-weu.json", 55),
    (CLUSTER, "containerservice:ManagedCluster", "cluster", "rg-forecast-prod-weu.json", 80),
    (PEERING, "network:VirtualNetworkPeering", "to-forecast", "rg-hub.json", 7),
)


def manifest() -> dict[str, Any]:
    return {
        "format": 1,
        "stack": "prod",
        "project": "mlplatform",
        "tenantId": AZURE.tenant_id,
        "subscriptionId": AZURE.subscription_id,
        "templates": [
            {
                "file": file,
                "scope": scope,
                "location": "westeurope" if scope == SUBSCRIPTION else "",
                "parameters": "",
            }
            for file, (scope, _) in TEMPLATES.items()
        ],
        "resources": [
            {
                "id": identifier,
                "urn": f"urn:pulumi:prod::mlplatform::mlplatform:data:Lake$azure-native:{kind}::{name}",
                "type": arm_type_of(identifier),
                "file": file,
                "symbolicIndex": [one[3] for one in _DECLARED[:number]].count(file),
                "secrets": [],
                "unknown": [],
                "position": {"path": "infra/data/lake.py", "line": line} if line else None,
            }
            for number, (identifier, kind, name, file, line) in enumerate(_DECLARED)
        ],
        "leftOut": [
            {
                "urn": f"urn:pulumi:prod::mlplatform::databricks:index/job:Job::job-{number}",
                "reason": "an object of Databricks, which ARM does not know",
            }
            for number in range(12)
        ],
        "generic": [],
    }


def write_export(folder: Path) -> Path:
    for name, (_, template) in TEMPLATES.items():
        (folder / name).write_text(json.dumps(template), encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps(manifest()), encoding="utf-8")
    return folder
