"""Which resources pulumi-azure-native gives no location of its own accord.

A resource that says none takes the provider's location, or its resource group's. For these types Azure refuses one
("The 'location' property is not allowed … at resource group scope": github.com/pulumi/pulumi-azure-native/issues/643),
so the provider leaves it out: provider/pkg/resources/resources.go `AutoLocationDisabled` (read 2026-11-30).
"""

from __future__ import annotations

_WITHOUT = frozenset(
    {
        "azure-native:cosmosdb:CassandraResourceCassandraKeyspace",
        "azure-native:cosmosdb:CassandraResourceCassandraTable",
        "azure-native:cosmosdb:GremlinResourceGremlinDatabase",
        "azure-native:cosmosdb:GremlinResourceGremlinGraph",
        "azure-native:cosmosdb:MongoDBResourceMongoDBCollection",
        "azure-native:cosmosdb:MongoDBResourceMongoDBDatabase",
        "azure-native:cosmosdb:SqlResourceSqlContainer",
        "azure-native:cosmosdb:SqlResourceSqlDatabase",
        "azure-native:cosmosdb:TableResourceTable",
        "azure-native:network:LoadBalancerBackendAddressPool",
        "azure-native:resources:Deployment",
    }
)


def takes_default_location(type_token: str) -> bool:
    """Whether a resource of the type that says no location gets one."""
    package, module, name = type_token.split(":")
    return f"{package}:{module.partition('/')[0]}:{name}" not in _WITHOUT
