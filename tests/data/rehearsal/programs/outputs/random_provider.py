"""Other providers' outputs are texts and numbers, and their secrets stay secrets."""

import pulumi
import pulumi_random as random
from pulumi_azure_native import resources, sql

group = resources.ResourceGroup("group", location="westeurope")
password = random.RandomPassword("password", length=20)
suffix = random.RandomString("suffix", length=6)
number = random.RandomInteger("number", min=1, max=9)
server = sql.Server(
    "server",
    server_name=suffix.result.apply(lambda text: f"sql{text[:6]}".lower()),
    resource_group_name=group.name,
    administrator_login="administrators",
    administrator_login_password=password.result,
)
pulumi.export("next", number.result.apply(lambda value: value + 1))
pulumi.export("hash", password.bcrypt_hash)
pulumi.export("host", server.fully_qualified_domain_name.apply(lambda host: host.upper()))
