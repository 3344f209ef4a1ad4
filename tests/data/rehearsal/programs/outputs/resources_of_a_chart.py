"""A program asks a Helm chart for one of its resources, and uses an output of it."""

import pulumi
from pulumi_azure_native import resources
from pulumi_kubernetes import helm

group = resources.ResourceGroup("group", location="westeurope")
chart = helm.Chart("nginx", "ingress-nginx")
service = chart.get_resource("v1/Service", "nginx-ingress-nginx-controller", "web")
address = service.apply(lambda found: found.status.load_balancer.ingress[0].ip)
resources.TagAtScope("tags", scope=group.id, properties={"tags": {"ingress": address}})
pulumi.export("address", address)
pulumi.export("lifted", service.status.load_balancer.ingress[0].ip)
