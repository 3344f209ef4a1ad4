"""A key that is listed in plain text and exported leaks: services take it, and it is warned of."""

import pulumi
from pulumi_azure_native import storage

keys = storage.list_storage_account_keys_output(resource_group_name="g", account_name="a")
pulumi.export("key", keys.keys[0].value)  # exports # warned: SEC001
