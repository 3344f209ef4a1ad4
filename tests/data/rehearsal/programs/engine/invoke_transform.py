"""Transforms of calls are applied too."""

import pulumi
from pulumi_azure_native import resources


def rename(args: pulumi.InvokeTransformArgs) -> pulumi.InvokeTransformResult:
    return pulumi.InvokeTransformResult({**args.args, "resourceGroupName": "other"}, args.opts)


pulumi.runtime.register_invoke_transform(rename)
found = resources.get_resource_group_output(resource_group_name="first")
pulumi.export("name", found.id.apply(lambda text: text.rindex("/other")))
