"""Private link: which service answers under which names, as a table, and the endpoint that each service gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import pulumi
from pulumi_azure_native import network

from infra.component import Component
from infra.context import Reference
from infra.conventions.address_plan import SubnetPurpose
from infra.conventions.name_rules import ResourceKind
from infra.settings.platform import PlatformSettings
from infra.settings.sources import SourceKind


@dataclass(frozen=True)
class PrivateLinkService:
    """`group` is the sub-resource that an endpoint asks for, `zones` where its names must resolve.

    A zone may hold `{region}`.
    """

    group: str
    zones: tuple[str, ...]


class PrivateLink(Enum):
    """Every service that the platform reaches privately (learn.microsoft.com private-endpoint-dns, 2026)."""

    STORAGE_BLOB = PrivateLinkService("blob", ("privatelink.blob.core.windows.net",))
    STORAGE_FILE = PrivateLinkService("file", ("privatelink.file.core.windows.net",))
    STORAGE_DFS = PrivateLinkService("dfs", ("privatelink.dfs.core.windows.net",))
    STORAGE_QUEUE = PrivateLinkService("queue", ("privatelink.queue.core.windows.net",))
    STORAGE_TABLE = PrivateLinkService("table", ("privatelink.table.core.windows.net",))
    KEY_VAULT = PrivateLinkService("vault", ("privatelink.vaultcore.azure.net",))
    CONTAINER_REGISTRY = PrivateLinkService("registry", ("privatelink.azurecr.io",))
    ML_WORKSPACE = PrivateLinkService(
        "amlworkspace", ("privatelink.api.azureml.ms", "privatelink.notebooks.azure.net")
    )
    ML_REGISTRY = PrivateLinkService("amlregistry", ("privatelink.api.azureml.ms",))
    DATABRICKS_UI_API = PrivateLinkService("databricks_ui_api", ("privatelink.azuredatabricks.net",))
    DATABRICKS_BROWSER_AUTHENTICATION = PrivateLinkService(
        "browser_authentication", ("privatelink.azuredatabricks.net",)
    )
    AZURE_MONITOR = PrivateLinkService(
        "azuremonitor",
        (
            "privatelink.monitor.azure.com",
            "privatelink.oms.opinsights.azure.com",
            "privatelink.ods.opinsights.azure.com",
            "privatelink.agentsvc.azure-automation.net",
            "privatelink.blob.core.windows.net",
        ),
    )
    DATA_FACTORY = PrivateLinkService("dataFactory", ("privatelink.datafactory.azure.net",))
    DATA_FACTORY_PORTAL = PrivateLinkService("portal", ("privatelink.adf.azure.com",))
    SYNAPSE_SQL = PrivateLinkService("Sql", ("privatelink.sql.azuresynapse.net",))
    SYNAPSE_SQL_ON_DEMAND = PrivateLinkService("SqlOnDemand", ("privatelink.sql.azuresynapse.net",))
    SYNAPSE_DEV = PrivateLinkService("Dev", ("privatelink.dev.azuresynapse.net",))
    SYNAPSE_STUDIO = PrivateLinkService("Web", ("privatelink.azuresynapse.net",))
    SQL_SERVER = PrivateLinkService("sqlServer", ("privatelink.database.windows.net",))
    POSTGRESQL = PrivateLinkService("postgresqlServer", ("privatelink.postgres.database.azure.com",))
    MYSQL = PrivateLinkService("mysqlServer", ("privatelink.mysql.database.azure.com",))
    COSMOS_DB = PrivateLinkService("Sql", ("privatelink.documents.azure.com",))
    EVENT_HUBS = PrivateLinkService("namespace", ("privatelink.servicebus.windows.net",))
    AI_SERVICES = PrivateLinkService(
        "account",
        (
            "privatelink.cognitiveservices.azure.com",
            "privatelink.openai.azure.com",
            "privatelink.services.ai.azure.com",
        ),
    )
    CONTAINER_APPS = PrivateLinkService(
        "managedEnvironments", ("privatelink.{region}.azurecontainerapps.io",)
    )


SOURCE_LINKS: Mapping[SourceKind, PrivateLink] = {
    SourceKind.AZURE_SQL: PrivateLink.SQL_SERVER,
    SourceKind.POSTGRESQL: PrivateLink.POSTGRESQL,
    SourceKind.MYSQL: PrivateLink.MYSQL,
    SourceKind.COSMOS_DB: PrivateLink.COSMOS_DB,
    SourceKind.EVENT_HUBS: PrivateLink.EVENT_HUBS,
}
"""How each kind of source is reached; what stands behind a self-hosted runtime is reached by that."""


def private_links(settings: PlatformSettings) -> frozenset[PrivateLink]:
    """The services that a platform with these settings makes endpoints for."""
    links = {PrivateLink.AZURE_MONITOR}
    if settings.ml is not None:
        links |= {
            PrivateLink.STORAGE_BLOB,
            PrivateLink.STORAGE_FILE,
            PrivateLink.STORAGE_QUEUE,
            PrivateLink.STORAGE_TABLE,
            PrivateLink.KEY_VAULT,
            PrivateLink.CONTAINER_REGISTRY,
            PrivateLink.ML_WORKSPACE,
        }
    if settings.lake is not None:
        links |= {PrivateLink.STORAGE_BLOB, PrivateLink.STORAGE_DFS}
    links |= {
        SOURCE_LINKS[source.kind] for source in settings.sources.values() if source.kind in SOURCE_LINKS
    }
    if settings.synapse is not None:
        links |= {
            PrivateLink.SYNAPSE_SQL,
            PrivateLink.SYNAPSE_SQL_ON_DEMAND,
            PrivateLink.SYNAPSE_DEV,
            PrivateLink.SYNAPSE_STUDIO,
        }
    if settings.promotion and settings.promotion.registry:
        links |= {PrivateLink.ML_REGISTRY, PrivateLink.STORAGE_BLOB, PrivateLink.CONTAINER_REGISTRY}
    if settings.apps is not None:
        links |= {PrivateLink.CONTAINER_APPS} if settings.apps.apps else set()
        links |= {PrivateLink.AI_SERVICES} if settings.apps.ai_services else set()
    if settings.data_factory is not None:
        links |= {PrivateLink.DATA_FACTORY, PrivateLink.DATA_FACTORY_PORTAL}
    if settings.databricks is not None:
        links |= {
            PrivateLink.DATABRICKS_UI_API,
            PrivateLink.DATABRICKS_BROWSER_AUTHENTICATION,
            PrivateLink.STORAGE_BLOB,
            PrivateLink.STORAGE_DFS,
        }
    return frozenset(links)


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
    zones = [zone.format(region=context.azure.location) for zone in service.value.zones]
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
