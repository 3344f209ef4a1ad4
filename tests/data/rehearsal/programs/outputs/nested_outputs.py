"""Outputs of every shape that a generator knows: objects, lists, maps, any, addresses."""

import pulumi
import pulumi_acme as acme

anvil = acme.Anvil("anvil", weight=90)
pulumi.export("city", anvil.address.city.apply(lambda text: text.title()))
pulumi.export("line", anvil.parts[0].lines[0].apply(lambda text: text.strip()))
pulumi.export("labels", anvil.labels.apply(lambda labels: sorted(labels)))
pulumi.export("anything", anvil.anything.apply(lambda value: f"{value}"))
pulumi.export("host", anvil.endpoint.apply(lambda url: url.split("/")[2]))
pulumi.export("octets", anvil.ip_address.apply(lambda text: [int(part) for part in text.split(".")]))
shop = acme.get_shop_output("main")
pulumi.export("shop", shop.address.city.apply(lambda text: text.title()))
