"""A function that lists secrets answers in the shape of its own result."""

import pulumi
from pulumi_azure_native import cosmosdb

result = cosmosdb.list_database_account_keys_output(account_name="a", resource_group_name="g")
pulumi.export("secret", pulumi.Output.secret(result.primary_master_key.apply(lambda text: text.strip())))
