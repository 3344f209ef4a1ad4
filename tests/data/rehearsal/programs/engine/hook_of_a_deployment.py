"""A hook that waits for a real service is not run, and said not to be."""

import pulumi
from pulumi_azure_native import resources


def wait(args: pulumi.ResourceHookArgs) -> None:
    raise AssertionError("nothing is there to wait for")


resources.ResourceGroup(
    "group",
    location="westeurope",
    opts=pulumi.ResourceOptions(
        hooks=pulumi.ResourceHookBinding(after_create=[pulumi.ResourceHook("wait", wait)])
    ),
)
