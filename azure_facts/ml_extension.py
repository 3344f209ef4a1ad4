"""The Azure ML extension for Kubernetes: the settings that `az k8s-extension create` fills in silently.

Through ARM they must be spelled out, or the extension installs and no endpoint ever works
(Azure/azure-cli-extensions k8s-extension partner_extensions/AzureMLKubernetes.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

EXTENSION_TYPE = "Microsoft.AzureML.Kubernetes"

CLUSTER_ID_KEYS = ("cluster_name", "clusterId", "prometheus.prometheusSpec.externalLabels.cluster_name")
"""Hold the cluster's ARM id."""

CLUSTER_NAME_KEY = "cluster_name_friendly"
DOMAIN_KEY = "domain"
"""Holds `<region>.cloudapp.azure.com`."""

REGION_KEYS = ("location", "jobSchedulerLocation")
"""Hold the region in lower case without spaces."""

FIXED_SETTINGS: Mapping[str, str] = MappingProxyType(
    {"servicebus.enabled": "false", "relayserver.enabled": "false", "nginxIngress.enabled": "true"}
)
