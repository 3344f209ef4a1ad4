"""Types outside the catalogue have hosts, ids and lists."""

import pulumi
from pulumi_azure_native import dns, resources, web

group = resources.ResourceGroup("group", location="westeurope")
plan = web.AppServicePlan("plan", resource_group_name=group.name, sku={"name": "B1", "tier": "Basic"})
app = web.WebApp("app", resource_group_name=group.name, server_farm_id=plan.id)
slot = web.WebAppSlot(
    "slot", name=app.name, slot="stage", resource_group_name=group.name, server_farm_id=plan.id
)
settings = web.WebAppApplicationSettings(
    "settings", name=app.name, resource_group_name=group.name, properties={"COLOUR": "blue"}
)
strings = web.WebAppConnectionStrings("strings", name=app.name, resource_group_name=group.name)
zone = dns.Zone("zone", zone_name="contoso.example", resource_group_name=group.name, location="global")
pulumi.export("url", app.default_host_name.apply(lambda host: f"https://{host}"))
pulumi.export("servers", zone.name_servers.apply(lambda names: names[0].rstrip(".")))
pulumi.export("addresses", app.outbound_ip_addresses.apply(lambda text: text.split(",")))
