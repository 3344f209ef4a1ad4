"""A function that lists secrets answers in the shape of its own result."""

import pulumi
from pulumi_azure_native import eventhub

result = eventhub.list_event_hub_keys_output(
    resource_group_name="g", namespace_name="n", event_hub_name="e", authorization_rule_name="a"
)
pulumi.export(
    "secret", pulumi.Output.secret(result.primary_connection_string.apply(lambda text: text.split(";")[0]))
)
