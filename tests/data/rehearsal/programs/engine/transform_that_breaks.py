"""What a transform makes of a resource is what is judged."""

import pulumi
from pulumi_azure_native import resources, storage


def weaken(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult:
    return pulumi.ResourceTransformResult({**args.props, "minimumTlsVersion": "TLS1_0"}, args.opts)


group = resources.ResourceGroup("group", location="westeurope")
storage.StorageAccount(  # refused: ST001
    "data",
    resource_group_name=group.name,
    kind="StorageV2",
    sku={"name": "Standard_LRS"},
    opts=pulumi.ResourceOptions(transforms=[weaken]),
)
