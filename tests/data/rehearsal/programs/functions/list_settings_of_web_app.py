"""A function that lists secrets answers in the shape of its own result."""

import pulumi
from pulumi_azure_native import web

result = web.list_web_app_application_settings_output(name="app", resource_group_name="g")
pulumi.export("secret", pulumi.Output.secret(result.properties.apply(lambda settings: len(settings))))
