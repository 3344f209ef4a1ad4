"""Outputs of other stacks of which nobody said anything are of every shape."""

import pulumi
from pulumi_azure_native import network

other = pulumi.StackReference("organization/network/prod")
pulumi.export("id", other.get_output("subnetId").apply(lambda text: text.split("/")[0]))
pulumi.export("inner", other.require_output("subnets")["apps"].apply(lambda text: text.lower()))
pulumi.export("first", other.require_output("zones").apply(lambda zones: zones[0]["name"]))
network.NetworkInterface(
    "interface",
    resource_group_name=other.require_output("group"),
    location="westeurope",
    ip_configurations=[{"name": "main", "subnet": {"id": other.require_output("subnetId")}}],
)
