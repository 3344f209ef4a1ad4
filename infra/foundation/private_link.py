"""Private link: what the platform reaches privately, and the endpoint that each service gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

import pulumi
from pulumi_azure_native import network

from azure_facts.arm_id_parsing import parse_arm_id
from azure_facts.private_link import sub_resource
from infra.component import Component
from infra.context import Reference
from infra.conventions.address_plan import SubnetPurpose
from infra.conventions.name_rules import ResourceKind
from infra.settings.cross_environment import targets_read
from infra.settings.ml import ManagedNetworkIsolation
from infra.settings.network import PrivateNetwork
from infra.settings.platform import PlatformSettings
from infra.settings.sources import SourceKind


class PrivateLink(Enum):
    """Every sub-resource that the platform reaches privately."""

    STORAGE_BLOB = sub_resource("Microsoft.Storage/storageAccounts", "blob")
    STORAGE_FILE = sub_resource("Microsoft.Storage/storageAccounts", "file")
    STORAGE_DFS = sub_resource("Microsoft.Storage/storageAccounts", "dfs")
    STORAGE_QUEUE = sub_resource("Microsoft.Storage/storageAccounts", "queue")
    STORAGE_TABLE = sub_resource("Microsoft.Storage/storageAccounts", "table")
    KEY_VAULT = sub_resource("Microsoft.KeyVault/vaults", "vault")
    CONTAINER_REGISTRY = sub_resource("Microsoft.ContainerRegistry/registries", "registry")
    ML_WORKSPACE = sub_resource("Microsoft.MachineLearningServices/workspaces", "amlworkspace")
    ML_REGISTRY = sub_resource("Microsoft.MachineLearningServices/registries", "amlregistry")
    DATABRICKS_UI_API = sub_resource("Microsoft.Databricks/workspaces", "databricks_ui_api")
    DATABRICKS_BROWSER_AUTHENTICATION = sub_resource(
        "Microsoft.Databricks/workspaces", "browser_authentication"
    )
    AZURE_MONITOR = sub_resource("Microsoft.Insights/privateLinkScopes", "azuremonitor")
    DATA_FACTORY = sub_resource("Microsoft.DataFactory/factories", "dataFactory")
    DATA_FACTORY_PORTAL = sub_resource("Microsoft.DataFactory/factories", "portal")
    SYNAPSE_SQL = sub_resource("Microsoft.Synapse/workspaces", "Sql")
    SYNAPSE_SQL_ON_DEMAND = sub_resource("Microsoft.Synapse/workspaces", "SqlOnDemand")
    SYNAPSE_DEV = sub_resource("Microsoft.Synapse/workspaces", "Dev")
    SYNAPSE_STUDIO = sub_resource("Microsoft.Synapse/privateLinkHubs", "Web")
    SQL_SERVER = sub_resource("Microsoft.Sql/servers", "sqlServer")
    POSTGRESQL = sub_resource("Microsoft.DBforPostgreSQL/flexibleServers", "postgresqlServer")
    MYSQL = sub_resource("Microsoft.DBforMySQL/flexibleServers", "mysqlServer")
    COSMOS_DB = sub_resource("Microsoft.DocumentDB/databaseAccounts", "Sql")
    EVENT_HUBS = sub_resource("Microsoft.EventHub/namespaces", "namespace")
    AI_SERVICES = sub_resource("Microsoft.CognitiveServices/accounts", "account")
    CONTAINER_APPS = sub_resource("Microsoft.App/managedEnvironments", "managedEnvironments")


SOURCE_LINKS: Mapping[SourceKind, PrivateLink] = {
    SourceKind.AZURE_SQL: PrivateLink.SQL_SERVER,
    SourceKind.POSTGRESQL: PrivateLink.POSTGRESQL,
    SourceKind.MYSQL: PrivateLink.MYSQL,
    SourceKind.COSMOS_DB: PrivateLink.COSMOS_DB,
    SourceKind.EVENT_HUBS: PrivateLink.EVENT_HUBS,
}
"""How each kind of source is reached; a source behind a self-hosted runtime is reached by that."""


def link_to(resource_id: str, part: str) -> PrivateLink:
    """That of a sub-resource of something that exists already."""
    return PrivateLink(sub_resource(parse_arm_id(resource_id).resource_type, part))


def private_links(settings: PlatformSettings) -> frozenset[PrivateLink]:
    """The services that a platform with these settings makes endpoints for."""
    given = isinstance(settings.network, PrivateNetwork) and settings.network.private_link_scope_id
    # A given scope has its endpoint, and with it the names in the zones, where it was made.
    links = set[PrivateLink]() if given else {PrivateLink.AZURE_MONITOR}
    links |= _of_machine_learning(settings)
    if settings.databricks is not None and settings.databricks.secret_scopes:
        links |= {PrivateLink.KEY_VAULT}
    if settings.lake is not None:
        links |= {PrivateLink.STORAGE_BLOB, PrivateLink.STORAGE_DFS}
    links |= {
        SOURCE_LINKS[source.kind] for source in settings.sources.values() if source.kind in SOURCE_LINKS
    }
    read = targets_read(
        settings.access, settings.environment, settings.azure, lambda reads: reads.network_endpoints
    )
    links |= {link_to(target.resource_id, target.part) for target in read}
    if settings.promotion and settings.promotion.registry:
        links |= {PrivateLink.ML_REGISTRY, PrivateLink.STORAGE_BLOB, PrivateLink.CONTAINER_REGISTRY}
    if settings.apps is not None:
        links |= {PrivateLink.CONTAINER_APPS} if settings.apps.apps else set()
        links |= {PrivateLink.AI_SERVICES} if settings.apps.ai_services else set()
    links |= _of_data_services(settings)
    if settings.databricks is not None:
        links |= {
            PrivateLink.DATABRICKS_UI_API,
            PrivateLink.DATABRICKS_BROWSER_AUTHENTICATION,
            PrivateLink.STORAGE_BLOB,
            PrivateLink.STORAGE_DFS,
        }
    return frozenset(links)


def _of_machine_learning(settings: PlatformSettings) -> set[PrivateLink]:
    if settings.ml is None:
        return set()
    links = {
        PrivateLink.STORAGE_BLOB,
        PrivateLink.STORAGE_FILE,
        PrivateLink.KEY_VAULT,
        PrivateLink.CONTAINER_REGISTRY,
        PrivateLink.ML_WORKSPACE,
    }
    if settings.ml.workspace.managed_network is ManagedNetworkIsolation.DISABLED:
        # Parallel jobs hand out work by them, from the network of the compute.
        links |= {PrivateLink.STORAGE_QUEUE, PrivateLink.STORAGE_TABLE}
    return links


def _of_data_services(settings: PlatformSettings) -> set[PrivateLink]:
    """A dedicated pool, and machines that run copies in a network of one's own, have doors of their own."""
    links = set[PrivateLink]()
    if settings.synapse is not None:
        links |= {PrivateLink.SYNAPSE_SQL_ON_DEMAND, PrivateLink.SYNAPSE_DEV, PrivateLink.SYNAPSE_STUDIO}
        links |= {PrivateLink.SYNAPSE_SQL} if settings.synapse.dedicated_pools else set()
    if settings.data_factory is not None:
        links |= {PrivateLink.DATA_FACTORY_PORTAL}
        if any(source.kind is SourceKind.ODBC for source in settings.sources.values()):
            links |= {PrivateLink.DATA_FACTORY}
    return links


def private_endpoint(
    owner: Component, part: str, target: Reference, service: PrivateLink
) -> Reference | None:
    """Give `target` an endpoint in the network with its names in the zones; None in public mode.

    `part` names the endpoint, for example "ml-storage-blob". The reference is usable once the names resolve.
    """
    return endpoint_to_made_up(owner, part, target.known_id, service)


def endpoint_to_made_up(
    owner: Component, part: str, target_id: pulumi.Output[str], service: PrivateLink
) -> Reference | None:
    """The same for a target that another service makes for itself, whose id nobody knows before."""
    connection = network.PrivateLinkServiceConnectionArgs(
        name=part, private_link_service_id=target_id, group_ids=[service.value.group]
    )
    return _endpoint(owner, part, service, connections=[connection])


def requested_endpoint(
    owner: Component, part: str, target: Reference, service: PrivateLink
) -> Reference | None:
    """The same for a target of somebody else's, who is asked and approves it: until then nothing passes."""
    connection = network.PrivateLinkServiceConnectionArgs(
        name=part,
        private_link_service_id=target.known_id,
        group_ids=[service.value.group],
        request_message=f"{owner.context.resource_group.name} reads from here",
    )
    return _endpoint(owner, part, service, requests=[connection])


def _endpoint(
    owner: Component,
    part: str,
    service: PrivateLink,
    *,
    connections: Sequence[network.PrivateLinkServiceConnectionArgs] | None = None,
    requests: Sequence[network.PrivateLinkServiceConnectionArgs] | None = None,
) -> Reference | None:
    private = owner.context.private
    if private is None:
        return None
    context = owner.context
    name = context.naming.name(ResourceKind.PRIVATE_ENDPOINT, part)
    endpoint = network.PrivateEndpoint(
        f"private-endpoint-{part}",
        private_endpoint_name=name,
        resource_group_name=context.resource_group.known_name,
        location=context.azure.location,
        subnet=network.SubnetArgs(id=private.subnets[SubnetPurpose.PRIVATE_ENDPOINTS].known_id),
        custom_network_interface_name=f"{name}-nic",
        private_link_service_connections=connections,
        manual_private_link_service_connections=requests,
        tags=owner.tags,
        opts=owner.child(),
    )
    endpoint_id = context.arm.private_endpoint_id(name)
    owner.verify(endpoint_id, endpoint)
    reference = Reference(endpoint_id, name, (endpoint,))
    zones = service.value.zones_in(context.azure.location)
    zone_group = network.PrivateDnsZoneGroup(
        f"private-endpoint-{part}-zones",
        private_dns_zone_group_name="default",
        private_endpoint_name=reference.known_name,
        resource_group_name=context.resource_group.known_name,
        private_dns_zone_configs=[
            network.PrivateDnsZoneConfigArgs(
                name=zone.replace(".", "-"), private_dns_zone_id=private.zones[zone].known_id
            )
            for zone in zones
        ],
        opts=owner.child(),
    )
    return reference.after(zone_group)
