"""A function that lists secrets answers in the shape of its own result."""

import pulumi
from pulumi_azure_native import containerregistry

result = containerregistry.list_registry_credentials_output(resource_group_name="g", registry_name="r")
pulumi.export(
    "secret",
    pulumi.Output.secret(
        pulumi.Output.all(result.username, result.passwords).apply(lambda both: both[0] + both[1][0]["value"])
    ),
)
