"""What can be said of an endpoint only once its deployments exist: traffic, and a batch endpoint's default.

An endpoint must exist before its deployments and cannot name one that does not; the provider updates no resource
twice in one `up`. So the second word is an ARM template deployment that sends the same endpoint again with what
was missing, after the deployments: one resource, whose change is one update. It deletes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_azure_native import resources

from infra.component import Component

API_VERSION = "2025-12-01"
"""The one that the provider creates the endpoint with."""


def release(
    owner: Component,
    name: str,
    *,
    endpoint_type: str,
    endpoint_name: str,
    body: Mapping[str, object],
    after: Sequence[pulumi.Resource],
) -> resources.Deployment:
    """`endpoint_type` is onlineEndpoints or batchEndpoints, `endpoint_name` WORKSPACE/ENDPOINT; `body` is the
    endpoint's request as ARM takes it."""
    return resources.Deployment(
        f"{name}-release",
        deployment_name=f"{name}-release",
        resource_group_name=owner.context.resource_group.known_name,
        properties=resources.DeploymentPropertiesArgs(
            mode=resources.DeploymentMode.INCREMENTAL,
            template={
                "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                "contentVersion": "1.0.0.0",
                "resources": [
                    {
                        "type": f"Microsoft.MachineLearningServices/workspaces/{endpoint_type}",
                        "apiVersion": API_VERSION,
                        "name": endpoint_name,
                        **body,
                    }
                ],
            },
        ),
        tags=owner.tags,
        opts=owner.child(depends_on=after),
    )
