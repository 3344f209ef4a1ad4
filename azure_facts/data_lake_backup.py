"""Vaulted backup of an account with a hierarchical namespace: where it is offered, and what it asks of the account."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
_ARTICLES = "MicrosoftDocs/azure-docs articles"

SUPPORT_MATRIX = Source(
    f"{_ARTICLES}/backup/azure-data-lake-storage-backup-support-matrix.md (of 2025-11-18)", _READ
)
GRANTS = Source(f"{_ARTICLES}/backup/azure-data-lake-storage-backup-tutorial.md, grant permissions", _READ)
SOFT_DELETE = Source(f"{_ARTICLES}/backup/secure-by-default.md, soft-delete retention period", _READ)
TEMPLATE = Source(
    f"{_ARTICLES}/backup/azure-data-lake-storage-backup-configure-quickstart-arm-bicep.md", _READ
)
JOB_QUERY = Source(
    "learn.microsoft.com azure/azure-monitor/reference/tables/addonazurebackupjobs, columns", _READ
)

DATASOURCE = "Microsoft.Storage/storageAccounts/adlsBlobServices"
"""The kind of what is backed up, in policies and instances (TEMPLATE)."""

PROXY_NAME = "DppResourceGuardProxy"
"""The one name under which a vault keeps its resource guard: Azure's own clients set it, and ask for it when they
unlock (Azure/azure-cli-extensions src/dataprotection, resource_guard_mapping; read 2026-11-30)."""

REGIONS = frozenset(
    {
        "australiaeast",
        "centralindia",
        "centralus",
        "eastasia",
        "eastus",
        "eastus2",
        "francesouth",
        "germanywestcentral",
        "northcentralus",
        "northeurope",
        "southeastasia",
        "southindia",
        "switzerlandnorth",
        "switzerlandwest",
        "uaenorth",
        "uksouth",
        "ukwest",
        "westcentralus",
        "westeurope",
        "westindia",
        "westus",
        "westus2",
        "westus3",
    }
)
"""Generally available there (SUPPORT_MATRIX). The page also lists a "Southeast US", which is no region."""

MAX_CONTAINERS = 100
"""Of one account (SUPPORT_MATRIX); the page that configures a backup says 1000. Of the account's redundancy the matrix
names LRS, ZRS and GRS, and says nothing of geo-zone-redundant storage, neither for nor against."""

RETENTION_DAYS = (7, 3650)
"""Fewest: what the template takes (TEMPLATE); most: SUPPORT_MATRIX."""

SOFT_DELETE_DAYS = (14, 180)
"""SOFT_DELETE."""

VAULT_REDUNDANCIES: Mapping[str, str] = MappingProxyType(
    {"LRS": "LocallyRedundant", "ZRS": "ZoneRedundant", "GRS": "GeoRedundant"}
)
"""Vault redundancy as the matrix writes it, to the value of the vault's storage settings."""
