"""Host names of services: those that are made of a resource's own name, and those that Azure alone knows.

Public cloud. Private endpoints keep these names: only what they resolve to is another address.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
SUFFIXES = Source("MicrosoftDocs/azure-docs articles/private-link/private-endpoint-dns.md", _READ)
"""The column of public DNS zone forwarders: what a name ends with."""
ML_WORKSPACE = Source("learn.microsoft.com azure/machine-learning/how-to-custom-dns", _READ)
LOG_QUERIES = Source("learn.microsoft.com azure/azure-monitor/logs/api/azure-resource-queries", _READ)
SIGN_IN = Source(
    "learn.microsoft.com azure/databricks/security/network/front-end/front-end-private-connect", _READ
)
ARM_PROPERTIES = Source("pulumi-azure-native 3.29.0, the outputs of the type", _READ)


@dataclass(frozen=True)
class HostName:
    """The host of one private link sub-resource of an ARM type, or of the type itself where `group` is empty.

    `template` holds `{name}`, `{region}` or `{guid}`, the workspace id of Azure ML. Empty: Azure alone knows it, and
    says so in the first of `properties` that is there, as a host, a URL or a text with one.
    """

    resource_type: str
    group: str
    source: Source
    template: str = ""
    properties: tuple[str, ...] = ()


def _named(resource_type: str, source: Source, **templates: str) -> tuple[HostName, ...]:
    return tuple(HostName(resource_type, group, source, template) for group, template in templates.items())


def _told(resource_type: str, group: str, *properties: str) -> HostName:
    return HostName(resource_type, group, ARM_PROPERTIES, properties=properties)


_STORAGE = ("blob", "dfs", "file", "queue", "table")

HOSTS: tuple[HostName, ...] = (
    *_named(
        "Microsoft.Storage/storageAccounts",
        SUFFIXES,
        **{service: f"{{name}}.{service}.core.windows.net" for service in _STORAGE},
    ),
    *_named("Microsoft.KeyVault/vaults", SUFFIXES, vault="{name}.vault.azure.net"),
    *_named("Microsoft.ContainerRegistry/registries", SUFFIXES, registry="{name}.azurecr.io"),
    *_named(
        "Microsoft.Synapse/workspaces",
        SUFFIXES,
        Dev="{name}.dev.azuresynapse.net",
        Sql="{name}.sql.azuresynapse.net",
        SqlOnDemand="{name}-ondemand.sql.azuresynapse.net",
    ),
    *_named("Microsoft.Synapse/privateLinkHubs", SUFFIXES, Web="web.azuresynapse.net"),
    *_named("Microsoft.Sql/servers", SUFFIXES, sqlServer="{name}.database.windows.net"),
    *_named(
        "Microsoft.DBforPostgreSQL/flexibleServers",
        SUFFIXES,
        postgresqlServer="{name}.postgres.database.azure.com",
    ),
    *_named("Microsoft.DBforMySQL/flexibleServers", SUFFIXES, mysqlServer="{name}.mysql.database.azure.com"),
    *_named("Microsoft.DocumentDB/databaseAccounts", SUFFIXES, Sql="{name}.documents.azure.com"),
    *_named("Microsoft.EventHub/namespaces", SUFFIXES, namespace="{name}.servicebus.windows.net"),
    *_named(
        "Microsoft.DataFactory/factories",
        SUFFIXES,
        dataFactory="{name}.{region}.datafactory.azure.net",
        portal="adf.azure.com",
    ),
    *_named(
        "Microsoft.MachineLearningServices/workspaces",
        ML_WORKSPACE,
        amlworkspace="{guid}.workspace.{region}.api.azureml.ms",
    ),
    *_named(
        "Microsoft.Databricks/workspaces",
        SIGN_IN,
        browser_authentication="{region}.pl-auth.azuredatabricks.net",
    ),
    *_named(
        "Microsoft.OperationalInsights/workspaces", LOG_QUERIES, azuremonitor="api.loganalytics.azure.com"
    ),
    _told("Microsoft.Insights/components", "azuremonitor", "ConnectionString"),
    _told("Microsoft.Databricks/workspaces", "databricks_ui_api", "workspaceUrl"),
    _told("Microsoft.MachineLearningServices/registries", "amlregistry", "discoveryUrl"),
    _told("Microsoft.MachineLearningServices/workspaces/onlineEndpoints", "", "scoringUri"),
    _told("Microsoft.MachineLearningServices/workspaces/batchEndpoints", "", "scoringUri"),
    _told("Microsoft.ContainerService/managedClusters", "management", "privateFQDN", "fqdn"),
    _told("Microsoft.CognitiveServices/accounts", "account", "endpoint"),
    _told("Microsoft.App/containerApps", "", "configuration.ingress.fqdn"),
    _told("Microsoft.App/containerApps", "managedEnvironments", "configuration.ingress.fqdn"),
    _told("Microsoft.ContainerInstance/containerGroups", "", "ipAddress.fqdn"),
)
"""Every host that a promise of a machine-learning platform can name by its resource."""


def _by_type() -> Mapping[str, tuple[HostName, ...]]:
    table: dict[str, list[HostName]] = {}
    for host in HOSTS:
        table.setdefault(host.resource_type.lower(), []).append(host)
    return MappingProxyType({resource_type: tuple(hosts) for resource_type, hosts in table.items()})


_TABLE = _by_type()


def host_names(resource_type: str) -> Sequence[HostName]:
    """All of an ARM type, whose case does not matter, in the table's order; none for a type that it does not have."""
    return _TABLE.get(resource_type.lower(), ())


def host_name(resource_type: str, group: str) -> HostName | None:
    """That of one sub-resource, or of the type itself where `group` is empty; None where the table has none."""
    return next((host for host in host_names(resource_type) if host.group == group), None)
