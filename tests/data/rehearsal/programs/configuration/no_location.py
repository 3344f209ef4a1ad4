"""Without any location the provider refuses a resource group."""

from pulumi_azure_native import resources

resources.ResourceGroup("group")  # refused: GEN302
