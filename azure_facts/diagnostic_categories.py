"""What each ARM type can send by a diagnostic setting: resource logs, their categories where known, metrics."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 29)
_LOGS = "learn.microsoft.com azure-monitor/reference/supported-logs"
INDEX = Source(f"{_LOGS}/logs-index", _READ)
"""Which types have logs and which have metrics."""

ALL_LOGS = "allLogs"
"""The category group of every category, today's and tomorrow's."""
ALL_METRICS = "AllMetrics"


@dataclass(frozen=True)
class DiagnosticSupport:
    """What a diagnostic setting of one ARM type may ask for."""

    logs: bool = True
    """Whether it has resource logs, and so the category group `allLogs`."""
    metrics: str | None = ALL_METRICS
    """The category of its metrics; None where a setting cannot send any."""
    more_metrics: tuple[str, ...] = ()
    """Further categories of metrics that a setting may name."""
    categories: tuple[str, ...] = ()
    """Single log categories; empty where the table does not know them."""
    source: Source = field(default=INDEX)


BACKUP_CATEGORIES = (
    "AddonAzureBackupAlerts",
    "AddonAzureBackupJobs",
    "AddonAzureBackupPolicy",
    "AddonAzureBackupProtectedInstance",
    "AddonAzureBackupStorage",
    "CoreAzureBackup",
)
"""Of a recovery vault; in tables of their own only. Sent to the table that all services share, they are lost. The
vault's other categories, site recovery's, are lost in tables of their own."""
BACKUP_CATEGORIES_SOURCE = Source(
    "learn.microsoft.com backup/backup-azure-diagnostic-events", datetime.date(2026, 11, 30)
)

_STORAGE_SOURCE = Source(
    "Azure/terraform-azurerm-avm-res-storage-storageaccount pull 325 (metrics: Capacity, Transaction); "
    "Azure/azure-rest-api-specs issue 10646 (the account itself has no logs: Category 'StorageWrite' is not supported)",
    datetime.date(2026, 11, 30),
)
_STORAGE = DiagnosticSupport(metrics="Transaction", more_metrics=("Capacity",), source=_STORAGE_SOURCE)

_ONLY_METRICS = DiagnosticSupport(logs=False)
"""Of these types the index lists metrics, and neither it nor a page of its own lists logs."""

DIAGNOSTIC_SUPPORT: Mapping[str, DiagnosticSupport] = MappingProxyType(
    {
        "microsoft.apimanagement/service": DiagnosticSupport(
            source=Source(
                "TaoYang-Cloud/azurepolicy issue 19 (Metric category 'Gateway Requests' is not supported, supported "
                "categories are: 'AllMetrics')",
                datetime.date(2026, 11, 30),
            )
        ),
        "microsoft.app/containerapps": _ONLY_METRICS,
        "microsoft.app/jobs": _ONLY_METRICS,
        "microsoft.app/managedenvironments": DiagnosticSupport(),
        "microsoft.cognitiveservices/accounts": DiagnosticSupport(),
        "microsoft.compute/virtualmachinescalesets": _ONLY_METRICS,
        "microsoft.containerregistry/registries": DiagnosticSupport(),
        "microsoft.containerservice/managedclusters": DiagnosticSupport(),
        "microsoft.databricks/workspaces": DiagnosticSupport(metrics=None),
        "microsoft.datafactory/factories": DiagnosticSupport(),
        "microsoft.dataprotection/backupvaults": DiagnosticSupport(
            categories=(
                "AddonAzureBackupJobs",
                "AddonAzureBackupPolicy",
                "AddonAzureBackupProtectedInstance",
                "CoreAzureBackup",
            ),
            source=Source(f"{_LOGS}/microsoft-dataprotection-backupvaults-logs", datetime.date(2026, 11, 30)),
        ),
        "microsoft.keyvault/vaults": DiagnosticSupport(),
        "microsoft.logic/workflows": DiagnosticSupport(
            source=Source(
                "MicrosoftDocs/azure-docs issue 69798 (Metric category 'ActionsFailed' is not supported)",
                datetime.date(2026, 11, 30),
            )
        ),
        "microsoft.machinelearningservices/registries": DiagnosticSupport(
            metrics=None,
            source=Source(f"{_LOGS}/microsoft-machinelearningservices-registries-logs", _READ),
        ),
        "microsoft.machinelearningservices/workspaces": DiagnosticSupport(),
        "microsoft.machinelearningservices/workspaces/onlineendpoints": DiagnosticSupport(),
        "microsoft.network/azurefirewalls": DiagnosticSupport(
            source=Source(f"{_LOGS}/microsoft-network-azurefirewalls-logs", datetime.date(2026, 11, 30))
        ),
        "microsoft.network/natgateways": _ONLY_METRICS,
        "microsoft.network/networkinterfaces": _ONLY_METRICS,
        "microsoft.network/networksecuritygroups": DiagnosticSupport(metrics=None),
        "microsoft.operationalinsights/workspaces": DiagnosticSupport(),
        "microsoft.recoveryservices/vaults": DiagnosticSupport(
            metrics="Health",
            source=Source(
                "learn.microsoft.com azure-monitor/reference/supported-metrics/"
                "microsoft-recoveryservices-vaults-metrics",
                datetime.date(2026, 11, 30),
            ),
        ),
        "microsoft.storage/storageaccounts": replace(_STORAGE, logs=False),
        "microsoft.storage/storageaccounts/blobservices": _STORAGE,
        "microsoft.storage/storageaccounts/fileservices": _STORAGE,
        "microsoft.storage/storageaccounts/queueservices": _STORAGE,
        "microsoft.storage/storageaccounts/tableservices": _STORAGE,
        "microsoft.synapse/workspaces": DiagnosticSupport(),
        "microsoft.synapse/workspaces/bigdatapools": DiagnosticSupport(
            categories=("BigDataPoolAppsEnded",),
            source=Source(f"{_LOGS}/microsoft-synapse-workspaces-bigdatapools-logs", _READ),
        ),
        "microsoft.synapse/workspaces/sqlpools": DiagnosticSupport(
            categories=(
                "DmsWorkers",
                "ExecRequests",
                "RequestSteps",
                "SQLSecurityAuditEvents",
                "SqlRequests",
                "Waits",
            ),
            source=Source(f"{_LOGS}/microsoft-synapse-workspaces-sqlpools-logs", _READ),
        ),
    }
)
"""By ARM type in lower case."""
