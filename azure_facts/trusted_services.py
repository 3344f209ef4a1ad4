"""Which services pass a firewall as trusted ones: by their resource's managed identity, over the public endpoint.

What runs on a service's compute is not the service: a job of Azure ML comes from its node's address.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)

STORAGE = Source(
    "learn.microsoft.com storage/common/storage-network-security-trusted-azure-services (2025-06-24), trusted access "
    "based on a managed identity; resource instances and exceptions remain in effect where public network access is "
    "Disabled: storage/common/storage-network-security (restrictions and considerations)",
    _READ,
)
KEY_VAULT = Source(
    "learn.microsoft.com key-vault/general/overview-vnet-service-endpoints (2026-05-19), trusted services: they bypass "
    "the firewall with public network access Disabled too",
    _READ,
)
CONTAINER_REGISTRY = Source(
    "learn.microsoft.com container-registry/allow-access-trusted-services (2025-02-28)", _READ
)

BYPASS = "AzureServices"
"""The value that lets them pass; what a storage account and a registry have where nothing is said."""

_TRUSTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "microsoft.storage/storageaccounts": (
            "microsoft.apimanagement/service",
            "microsoft.databricks/accessconnectors",
            "microsoft.datafactory/factories",
            "microsoft.dataprotection/backupvaults",
            "microsoft.eventgrid/systemtopics",
            "microsoft.logic/workflows",
            "microsoft.machinelearningservices/registries",
            "microsoft.machinelearningservices/workspaces",
            "microsoft.recoveryservices/vaults",
            "microsoft.search/searchservices",
            "microsoft.sql/servers",
            "microsoft.streamanalytics/streamingjobs",
            "microsoft.synapse/workspaces",
        ),
        "microsoft.keyvault/vaults": (
            "microsoft.containerregistry/registries",
            "microsoft.databricks/workspaces",
            "microsoft.datafactory/factories",
            "microsoft.machinelearningservices/workspaces",
            "microsoft.purview/accounts",
            "microsoft.storage/storageaccounts",
        ),
        "microsoft.containerregistry/registries": (
            "microsoft.containerinstance/containergroups",
            "microsoft.containerregistry/registries",
            "microsoft.machinelearningservices/workspaces",
        ),
    }
)
"""Types of targets to those of callers, in lower case. Only what these platforms declare; a type that is not here may
be trusted all the same."""


def is_trusted(caller_type: str, target_type: str) -> bool:
    """Whether a resource of the caller's ARM type passes the target's firewall, where that lets trusted services in."""
    return caller_type.lower() in _TRUSTED.get(target_type.lower(), ())


def source_of(target_type: str) -> Source:
    """Where it was read. Raises KeyError for a type whose firewall has no such list here."""
    return {
        "microsoft.storage/storageaccounts": STORAGE,
        "microsoft.keyvault/vaults": KEY_VAULT,
        "microsoft.containerregistry/registries": CONTAINER_REGISTRY,
    }[target_type.lower()]
