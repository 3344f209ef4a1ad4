"""Host names that services make of a resource's own name, so that a program can write them without asking."""

from __future__ import annotations

import re
from collections.abc import Mapping

from azure_facts.host_names import host_names


def _made_of_name(resource_type: str) -> tuple[str, ...]:
    return tuple(host.template.replace("{name}", "{}") for host in host_names(resource_type))


HOST_NAMES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "azure-native:storage:StorageAccount": (
        "accountName",
        _made_of_name("Microsoft.Storage/storageAccounts"),
    ),
    "azure-native:keyvault:Vault": ("vaultName", _made_of_name("Microsoft.KeyVault/vaults")),
    "azure-native:containerregistry:Registry": (
        "registryName",
        _made_of_name("Microsoft.ContainerRegistry/registries"),
    ),
    "azure-native:synapse:Workspace": ("workspaceName", _made_of_name("Microsoft.Synapse/workspaces")),
    "azure-native:sql:Server": ("serverName", _made_of_name("Microsoft.Sql/servers")),
    "azure-native:dbforpostgresql:Server": (
        "serverName",
        _made_of_name("Microsoft.DBforPostgreSQL/flexibleServers"),
    ),
    "azure-native:dbformysql:Server": ("serverName", _made_of_name("Microsoft.DBforMySQL/flexibleServers")),
    "azure-native:cosmosdb:DatabaseAccount": (
        "accountName",
        _made_of_name("Microsoft.DocumentDB/databaseAccounts"),
    ),
    "azure-native:eventhub:Namespace": ("namespaceName", _made_of_name("Microsoft.EventHub/namespaces")),
    "azure-native:cognitiveservices:Account": (
        "properties.customSubDomainName",
        ("{}.cognitiveservices.azure.com",),
    ),
}
"""Type token -> the input with the name, and the host that follows from it. Public cloud; private endpoints keep these
names."""

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
