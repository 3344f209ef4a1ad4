"""Two resources of a type outside the catalogue that look alike are two."""

from pulumi_azure_native import cdn, resources

group = resources.ResourceGroup("group", location="westeurope")
profile = cdn.Profile("profile", resource_group_name=group.name, sku={"name": "Standard_Microsoft"})
for name in ("first", "second"):
    cdn.Endpoint(
        name,
        resource_group_name=group.name,
        profile_name=profile.name,
        endpoint_name=f"contoso-{name}",
        origins=[{"name": "origin", "host_name": "contoso.example"}],
    )
