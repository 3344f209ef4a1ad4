"""A function that lists secrets answers in the shape of its own result."""

import base64

import pulumi
from pulumi_azure_native import containerservice

result = containerservice.list_managed_cluster_user_credentials_output(
    resource_group_name="g", resource_name="c"
)
pulumi.export(
    "secret",
    pulumi.Output.secret(
        result.kubeconfigs[0].value.apply(lambda text: base64.b64decode(text).decode().splitlines()[0])
    ),
)
