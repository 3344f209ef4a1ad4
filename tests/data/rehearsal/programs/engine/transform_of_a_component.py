"""A component's transforms are its children's, and may add options and other resources' ids."""

import pulumi
from pulumi_azure_native import managedidentity, resources

group = resources.ResourceGroup("group", location="westeurope")
first = managedidentity.UserAssignedIdentity("first", resource_group_name=group.name)


def protect(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult:
    options = pulumi.ResourceOptions.merge(
        args.opts, pulumi.ResourceOptions(protect=True, depends_on=[first])
    )
    return pulumi.ResourceTransformResult({**args.props, "tags": {"first": first.id}}, options)


class Part(pulumi.ComponentResource):
    def __init__(self, name: str) -> None:
        super().__init__("sample:index:Part", name, opts=pulumi.ResourceOptions(transforms=[protect]))
        managedidentity.UserAssignedIdentity(
            "second", resource_group_name=group.name, opts=pulumi.ResourceOptions(parent=self)
        )
        self.register_outputs({})


Part("part")
