# ends: crash before any creation
"""A hook that runs in a preview runs; one that fails before a creation ends the program."""

import pulumi
from pulumi_azure_native import resources


def check(args: pulumi.ResourceHookArgs) -> None:
    raise ValueError("before any creation")


hook = pulumi.ResourceHook("check", check, pulumi.ResourceHookOptions(on_dry_run=True))
resources.ResourceGroup(
    "group",
    location="westeurope",
    opts=pulumi.ResourceOptions(hooks=pulumi.ResourceHookBinding(before_create=[hook])),
)
