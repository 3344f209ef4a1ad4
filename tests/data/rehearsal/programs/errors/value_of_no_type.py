# ends: crash line 7
"""A value that no property can hold is an error at the line of its resource."""

from pulumi_azure_native import resources

group = resources.ResourceGroup("group", location="westeurope")
resources.ResourceGroup("other", location="westeurope", tags={"what": object()})
