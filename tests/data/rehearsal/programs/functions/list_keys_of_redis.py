"""A function that lists secrets answers in the shape of its own result."""

import pulumi
from pulumi_azure_native import redis

result = redis.list_redis_keys_output(name="cache", resource_group_name="g")
pulumi.export("secret", pulumi.Output.secret(result.primary_key.apply(lambda text: text.strip())))
