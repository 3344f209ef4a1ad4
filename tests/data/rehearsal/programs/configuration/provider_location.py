"""An explicit provider's location wins."""

import pulumi
import pulumi_azure_native as azure_native
from pulumi_azure_native import resources

north = azure_native.Provider("north", location="northeurope")
group = resources.ResourceGroup("group", opts=pulumi.ResourceOptions(provider=north))
pulumi.export("location", group.location.apply(lambda text: text.upper()))
