"""Azure makes a workspace of its own where none is named."""

from pulumi_azure_native import applicationinsights, resources

group = resources.ResourceGroup("group", location="westeurope")
applicationinsights.Component(  # warned: MON001
    "insights", resource_group_name=group.name, kind="web", application_type="web"
)
