"""What a reader must know first of what goes: what holds data, and what serves people or programs.

The tables name types as labels do (`storage.StorageAccount`), by service. A type that is in neither can be made again
from the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum


class Weight(IntEnum):
    """Gravest first."""

    HOLDS_DATA = 0
    SERVES = 1
    OTHER = 2


_HOLDS_DATA: Mapping[str, tuple[str, ...]] = {
    "applicationinsights": ("Component",),
    "cognitiveservices": ("Account",),
    "containerregistry": ("Registry",),
    "cosmosdb": ("DatabaseAccount",),
    "databricks": (
        "Catalog",
        "Schema",
        "SecretScope",
        "SqlTable",
        "Volume",
        "MlflowExperiment",
        "MlflowModel",
        "RegisteredModel",
        "Workspace",
    ),
    "dataprotection": ("BackupInstance", "BackupVault"),
    "dbforpostgresql": ("Database", "Server"),
    "eventhub": ("EventHub",),
    "keyvault": ("Key", "ManagedHsm", "Secret", "Vault"),
    "machinelearningservices": ("Registry", "Workspace"),
    "operationalinsights": ("Workspace",),
    "recoveryservices": ("ProtectedItem", "Vault"),
    "search": ("Service",),
    "servicebus": ("Queue", "Topic"),
    "sql": ("Database", "Server"),
    "storage": ("BlobContainer", "FileShare", "Queue", "StorageAccount", "Table"),
    "synapse": ("SqlPool", "Workspace"),
}
_SERVES: Mapping[str, tuple[str, ...]] = {
    "app": ("ContainerApp", "ManagedEnvironment"),
    "containerinstance": ("ContainerGroup",),
    "containerservice": ("AgentPool", "ManagedCluster"),
    "databricks": ("Job", "ModelServing", "SqlEndpoint"),
    "datafactory": ("Factory", "Pipeline", "Trigger"),
    "machinelearningservices": (
        "BatchDeployment",
        "BatchEndpoint",
        "OnlineDeployment",
        "OnlineEndpoint",
        "Schedule",
    ),
    "web": ("WebApp",),
}


def weight(label: str) -> Weight:
    """Of a resource called `label`: `storage.StorageAccount lake`."""
    service, _, kind = label.partition(" ")[0].partition(".")
    if kind in _HOLDS_DATA.get(service, ()):
        return Weight.HOLDS_DATA
    return Weight.SERVES if kind in _SERVES.get(service, ()) else Weight.OTHER


def heaviest_first(labels: Iterable[str]) -> tuple[str, ...]:
    """What holds data, then what serves, then the rest; each by name."""
    return tuple(sorted(labels, key=lambda label: (weight(label), label)))
