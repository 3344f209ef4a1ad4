"""Autoscale starts between its bounds."""

# kind: MON350 autoscale starts between its bounds

from pulumi_azure_native import monitor, resources, web

group = resources.ResourceGroup("group", location="westeurope")
plan = web.AppServicePlan("plan", resource_group_name=group.name, sku={"name": "S1", "tier": "Standard"})


def capacity(least: str, usual: str, most: str) -> list[monitor.AutoscaleProfileArgs]:
    return [
        monitor.AutoscaleProfileArgs(
            name="usual", capacity={"minimum": least, "default": usual, "maximum": most}, rules=[]
        )
    ]


monitor.AutoscaleSetting(  # refused: MON350
    "wrong", resource_group_name=group.name, target_resource_uri=plan.id, profiles=capacity("6", "1", "9")
)
monitor.AutoscaleSetting(
    "right", resource_group_name=group.name, target_resource_uri=plan.id, profiles=capacity("1", "6", "9")
)
