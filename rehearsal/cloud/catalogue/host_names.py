"""Host names that services make of a resource's own name, so that a program can write them without asking."""

from __future__ import annotations

import re
from collections.abc import Mapping

_STORAGE = tuple(f"{{}}.{service}.core.windows.net" for service in ("blob", "dfs", "file", "queue", "table"))

HOST_NAMES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "azure-native:storage:StorageAccount": ("accountName", _STORAGE),
    "azure-native:keyvault:Vault": ("vaultName", ("{}.vault.azure.net",)),
    "azure-native:containerregistry:Registry": ("registryName", ("{}.azurecr.io",)),
    "azure-native:synapse:Workspace": (
        "workspaceName",
        ("{}.dev.azuresynapse.net", "{}.sql.azuresynapse.net", "{}-ondemand.sql.azuresynapse.net"),
    ),
    "azure-native:sql:Server": ("serverName", ("{}.database.windows.net",)),
    "azure-native:dbforpostgresql:Server": ("serverName", ("{}.postgres.database.azure.com",)),
    "azure-native:dbformysql:Server": ("serverName", ("{}.mysql.database.azure.com",)),
    "azure-native:cosmosdb:DatabaseAccount": ("accountName", ("{}.documents.azure.com",)),
    "azure-native:eventhub:Namespace": ("namespaceName", ("{}.servicebus.windows.net",)),
    "azure-native:cognitiveservices:Account": (
        "properties.customSubDomainName",
        ("{}.cognitiveservices.azure.com",),
    ),
}
"""Type token -> where the name stands, and what is made of it. Public cloud; private endpoints keep these names."""

_SUFFIXES = sorted(
    {host.removeprefix("{}").removeprefix("-ondemand") for _, hosts in HOST_NAMES.values() for host in hosts}
)

HOST_NAME = re.compile(
    r"(?:([a-z0-9$-]+)@)?([a-z0-9-]+(?:"
    + "|".join(re.escape(suffix) for suffix in _SUFFIXES)
    + r"))(?![a-z0-9.-])",
    re.IGNORECASE,
)
"""One of these hosts inside a longer text, and the container before it (`abfss://raw@account.dfs.core.windows.net`).
Account names also end longer dotted words, as in `fs.azure.account.auth.type.account.dfs.core.windows.net`."""

NOT_FOLLOWED = ("tags", "description", "displayName", "serializedData", "dashboardPart", "metadata")
"""Properties whose texts are for people: no service looks the host up."""
