"""A transform of the whole stack is applied, and the program sees what it did."""

import pulumi
from pulumi_azure_native import resources, storage


def tag(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
    if args.type_ != "azure-native:storage:StorageAccount":
        return None
    return pulumi.ResourceTransformResult({**args.props, "tags": {"owner": "us"}}, args.opts)


pulumi.runtime.register_resource_transform(tag)
group = resources.ResourceGroup("group", location="westeurope")
account = storage.StorageAccount(
    "data", resource_group_name=group.name, kind="StorageV2", sku={"name": "Standard_LRS"}
)
pulumi.export("owner", account.tags.apply(lambda tags: tags["owner"]))
