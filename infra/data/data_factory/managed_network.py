"""The network that Microsoft runs for a factory: copies and calls leave it through private endpoints."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
from pulumi_azure_native import datafactory, resources

from azure_facts.arm_ids import child_id
from infra.component import Component
from infra.context import Reference
from infra.conventions.name_rules import ResourceKind
from infra.data.data_factory.factory_dependencies import FactoryDependencies
from infra.foundation.private_link import SOURCE_LINKS, PrivateLink
from infra.settings.sources import SourceKind

MANAGED_NETWORK = "default"
"""The only name that a factory's managed virtual network can have."""

Reached = Sequence[tuple[str, Reference, PrivateLink]]
"""Name of each private endpoint, its target, and the target's sub-resource."""


def managed_network(owner: Component, factory: Reference, reached: Reached) -> Reference:
    """Make the network with its endpoints; the runtime in it, which linked services go through."""
    network = _network(owner, factory)
    for part, target, service in reached:
        datafactory.ManagedPrivateEndpoint(
            f"data-factory-to-{part}",
            factory_name=factory.known_name,
            resource_group_name=owner.context.resource_group.known_name,
            managed_virtual_network_name=MANAGED_NETWORK,
            managed_private_endpoint_name=part,
            properties=datafactory.ManagedPrivateEndpointArgs(
                private_link_resource_id=target.known_id, group_id=service.value.group
            ),
            opts=owner.child(depends_on=[network]),
        )
    return _runtime(owner, factory, network)


def _network(owner: Component, factory: Reference) -> pulumi.Resource:
    # The provider has no type of its own for it (pulumi-azure-native 3.29.0).
    return resources.Deployment(
        "data-factory-network",
        deployment_name="data-factory-network",
        resource_group_name=owner.context.resource_group.known_name,
        properties=resources.DeploymentPropertiesArgs(
            mode=resources.DeploymentMode.INCREMENTAL,
            template={
                "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                "contentVersion": "1.0.0.0",
                "resources": [
                    {
                        "type": "Microsoft.DataFactory/factories/managedVirtualNetworks",
                        "apiVersion": "2018-06-01",
                        "name": f"{factory.name}/{MANAGED_NETWORK}",
                        "properties": {},
                    }
                ],
            },
        ),
        tags=owner.tags,
        opts=owner.child(depends_on=factory.prerequisites),
    )


def _runtime(owner: Component, factory: Reference, network: pulumi.Resource) -> Reference:
    name = owner.context.naming.name(ResourceKind.DATA_FACTORY_INTEGRATION_RUNTIME, "managed")
    runtime = datafactory.IntegrationRuntime(
        "data-factory-managed-runtime",
        factory_name=factory.known_name,
        resource_group_name=owner.context.resource_group.known_name,
        integration_runtime_name=name,
        properties=datafactory.ManagedIntegrationRuntimeArgs(
            type="Managed",
            description="Runs in the factory's managed network",
            compute_properties=datafactory.IntegrationRuntimeComputePropertiesArgs(
                location=owner.context.azure.location
            ),
            managed_virtual_network=datafactory.ManagedVirtualNetworkReferenceArgs(
                reference_name=MANAGED_NETWORK, type="ManagedVirtualNetworkReference"
            ),
        ),
        opts=owner.child(depends_on=[network]),
    )
    return Reference(child_id(factory.id, "integrationRuntimes", name), name, (runtime,))


def what_is_reached(around: FactoryDependencies, *, everything: bool) -> Reached:
    """Not `everything`: in public mode services let trusted Azure services or any address in, but for Synapse's SQL."""
    found: list[tuple[str, Reference, PrivateLink]] = []
    if around.serverless_sql:
        found.append(
            ("synapse-sql-on-demand", around.serverless_sql.workspace, PrivateLink.SYNAPSE_SQL_ON_DEMAND)
        )
    if not everything:
        return found
    if around.lake:
        found.append(("lake-dfs", around.lake.account, PrivateLink.STORAGE_DFS))
    if around.key_vault:
        found.append(("key-vault", around.key_vault, PrivateLink.KEY_VAULT))
    if around.databricks:
        found.append(("databricks", around.databricks.workspace, PrivateLink.DATABRICKS_UI_API))
    if around.ml_workspace:
        found.append(("ml-workspace", around.ml_workspace, PrivateLink.ML_WORKSPACE))
    for key, source in around.sources.items():
        # A stream of Event Hubs is read by jobs.
        if source.kind in SOURCE_LINKS and source.kind is not SourceKind.EVENT_HUBS and source.resource_id:
            target = Reference.to_existing(source.resource_id)
            found.append((f"source-{key}", target, SOURCE_LINKS[source.kind]))
    return found
