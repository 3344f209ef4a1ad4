"""A function that lists secrets answers in the shape of its own result."""

import pulumi
from pulumi_azure_native import search

result = search.list_query_key_by_search_service_output(resource_group_name="g", search_service_name="s")
pulumi.export("secret", pulumi.Output.secret(result.value.apply(lambda keys: keys[0].key.strip())))
