"""A function that lists secrets answers in the shape of its own result."""

import pulumi
from pulumi_azure_native import operationalinsights

result = operationalinsights.get_shared_keys_output(resource_group_name="g", workspace_name="w")
pulumi.export("secret", pulumi.Output.secret(result.primary_shared_key.apply(lambda text: text.strip())))
