"""Data Factory, Synapse, and the databases and streams that data comes from."""

from __future__ import annotations

from rehearsal.cloud.catalogue.entry import IN_RESOURCE_GROUP as RG
from rehearsal.cloud.catalogue.entry import OutputSet, ResourceType, entry

_FACTORY = RG + "Microsoft.DataFactory/factories/{factoryName}"
_SYNAPSE = RG + "Microsoft.Synapse/workspaces/{workspaceName}"
_SQL = RG + "Microsoft.Sql/servers/{serverName}"
_COSMOS = RG + "Microsoft.DocumentDB/databaseAccounts/{accountName}"
_EVENT_HUBS = RG + "Microsoft.EventHub/namespaces/{namespaceName}"
_READY = {"provisioningState": "Succeeded"}


def _below(parent: str, children: dict[str, str], module: str) -> tuple[ResourceType, ...]:
    """Types that have a name and no outputs of their own: type name -> the rest of the id."""
    return tuple(
        entry(f"azure-native:{module}:{name}", f"{parent}/{path}") for name, path in children.items()
    )


DATA_FACTORY = (
    entry("azure-native:datafactory:Factory", _FACTORY, {**_READY, "version": "2018-06-01"}),
    *_below(
        _FACTORY,
        {
            "LinkedService": "linkedservices/{linkedServiceName}",
            "Dataset": "datasets/{datasetName}",
            "Pipeline": "pipelines/{pipelineName}",
            "DataFlow": "dataflows/{dataFlowName}",
            "CredentialOperation": "credentials/{credentialName}",
            "GlobalParameter": "globalParameters/{globalParameterName}",
        },
        "datafactory",
    ),
    # Triggers are created stopped; the release of a pipeline starts them (Azure REST spec datafactory 2018-06-01,
    # TriggerRuntimeState is read-only).
    entry(
        "azure-native:datafactory:Trigger",
        _FACTORY + "/triggers/{triggerName}",
        {"properties.runtimeState": "Stopped"},
    ),
    entry(
        "azure-native:datafactory:IntegrationRuntime",
        _FACTORY + "/integrationruntimes/{integrationRuntimeName}",
    ),
    entry(
        "azure-native:datafactory:ManagedPrivateEndpoint",
        _FACTORY + "/managedVirtualNetworks/{managedVirtualNetworkName}/managedprivateendpoints/"
        "{managedPrivateEndpointName}",
        {"properties.provisioningState": "Succeeded", "properties.connectionState.status": "Pending"},
    ),
)

SYNAPSE = (
    entry(
        "azure-native:synapse:Workspace",
        _SYNAPSE,
        {
            **_READY,
            "workspaceUID": "{guid:workspace}",
            "connectivityEndpoints.dev": "https://{name}.dev.azuresynapse.net",
            "connectivityEndpoints.sql": "{name}.sql.azuresynapse.net",
            "connectivityEndpoints.sqlOnDemand": "{name}-ondemand.sql.azuresynapse.net",
            "connectivityEndpoints.web": "https://web.azuresynapse.net?workspace=%2fsubscriptions%2f{subscriptionId}",
        },
        OutputSet(
            {"managedResourceGroupName": "synapseworkspace-managedrg-{guid:group}"},
            unless="managedResourceGroupName",
        ),
    ),
    entry("azure-native:synapse:SqlPool", _SYNAPSE + "/sqlPools/{sqlPoolName}", {"status": "Online"}),
    *_below(
        _SYNAPSE,
        {
            "BigDataPool": "bigDataPools/{bigDataPoolName}",
            "IpFirewallRule": "firewallRules/{ruleName}",
            "IntegrationRuntime": "integrationRuntimes/{integrationRuntimeName}",
            "Key": "keys/{keyName}",
        },
        "synapse",
    ),
    entry(
        "azure-native:synapse:PrivateLinkHub",
        RG + "Microsoft.Synapse/privateLinkHubs/{privateLinkHubName}",
        _READY,
    ),
    entry(
        "azure-native:synapse:SqlPoolTransparentDataEncryption",
        _SYNAPSE + "/sqlPools/{sqlPoolName}/transparentDataEncryption/{transparentDataEncryptionName}",
        default_names={"transparentDataEncryptionName": "current"},
    ),
    entry("azure-native:synapse:WorkspaceAadAdmin", _SYNAPSE + "/administrators/activeDirectory"),
)

SQL = (
    entry(
        "azure-native:sql:Server",
        _SQL,
        {"fullyQualifiedDomainName": "{name}.database.windows.net", "state": "Ready", "kind": "v12.0"},
    ),
    entry(
        "azure-native:sql:Database",
        _SQL + "/databases/{databaseName}",
        {"databaseId": "{guid:database}", "status": "Online"},
    ),
    *_below(
        _SQL,
        {
            "FirewallRule": "firewallRules/{firewallRuleName}",
            "VirtualNetworkRule": "virtualNetworkRules/{virtualNetworkRuleName}",
        },
        "sql",
    ),
    entry(
        "azure-native:sql:ServerAzureADAdministrator",
        _SQL + "/administrators/{administratorName}",
        default_names={"administratorName": "ActiveDirectory"},
    ),
    entry(
        "azure-native:sql:ServerAzureADOnlyAuthentication",
        _SQL + "/azureADOnlyAuthentications/{authenticationName}",
        default_names={"authenticationName": "Default"},
    ),
)

OTHER_SOURCES = (
    entry(
        "azure-native:dbforpostgresql:Server",
        RG + "Microsoft.DBforPostgreSQL/flexibleServers/{serverName}",
        {"fullyQualifiedDomainName": "{name}.postgres.database.azure.com", "state": "Ready"},
    ),
    entry(
        "azure-native:dbforpostgresql:Database",
        RG + "Microsoft.DBforPostgreSQL/flexibleServers/{serverName}/databases/{databaseName}",
    ),
    entry(
        "azure-native:dbformysql:Server",
        RG + "Microsoft.DBforMySQL/flexibleServers/{serverName}",
        {"fullyQualifiedDomainName": "{name}.mysql.database.azure.com", "state": "Ready"},
    ),
    entry(
        "azure-native:cosmosdb:DatabaseAccount",
        _COSMOS,
        {
            **_READY,
            "documentEndpoint": "https://{name}.documents.azure.com:443/",
            "instanceId": "{guid:instance}",
        },
    ),
    entry(
        "azure-native:eventhub:Namespace",
        _EVENT_HUBS,
        {**_READY, "serviceBusEndpoint": "https://{name}.servicebus.windows.net:443/", "status": "Active"},
    ),
    entry("azure-native:eventhub:EventHub", _EVENT_HUBS + "/eventhubs/{eventHubName}", {"status": "Active"}),
    entry(
        "azure-native:eventhub:ConsumerGroup",
        _EVENT_HUBS + "/eventhubs/{eventHubName}/consumergroups/{consumerGroupName}",
    ),
    entry(
        "azure-native:eventgrid:SystemTopic",
        RG + "Microsoft.EventGrid/systemTopics/{systemTopicName}",
        {**_READY, "metricResourceId": "{guid:metrics}"},
    ),
    entry(
        "azure-native:eventgrid:SystemTopicEventSubscription",
        RG + "Microsoft.EventGrid/systemTopics/{systemTopicName}/eventSubscriptions/{eventSubscriptionName}",
        _READY,
    ),
    entry(
        "azure-native:eventgrid:EventSubscription",
        "{scope}/providers/Microsoft.EventGrid/eventSubscriptions/{eventSubscriptionName}",
        _READY,
    ),
)

DATA_SERVICES = (*DATA_FACTORY, *SYNAPSE, *SQL, *OTHER_SOURCES)
