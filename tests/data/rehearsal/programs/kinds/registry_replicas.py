"""A replica in the registry's own region is none."""

# kind: ACR060 replicas are in other regions than the registry

from pulumi_azure_native import containerregistry, resources

group = resources.ResourceGroup("group", location="westeurope")
registry = containerregistry.Registry(
    "registry", resource_group_name=group.name, sku={"name": "Premium"}, location="westeurope"
)


def replica(region: str) -> dict[str, object]:
    return {"resource_group_name": group.name, "registry_name": registry.name, "location": region}


containerregistry.Replication(  # warned: ACR060
    "wrong", replication_name="westeurope", **replica("westeurope")
)
containerregistry.Replication("right", replication_name="northeurope", **replica("northeurope"))
