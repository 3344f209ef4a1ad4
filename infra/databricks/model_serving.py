"""Model serving: versions of registered models behind a URL, on serverless compute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.databricks.content import WorkspaceContent
from infra.databricks.groups import Groups
from infra.databricks.workspace import Workspace
from infra.settings.databricks.machine_learning import ServingEndpoint


class ModelServing(WorkspaceContent):
    """Owns the endpoints and who may query them. Does not own the models or their versions.

    A version must be registered before its endpoint is created: training comes first.
    """

    def __init__(
        self,
        settings: Mapping[str, ServingEndpoint],
        groups: Groups,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
        *,
        depends_on: Sequence[pulumi.Resource] = (),
    ) -> None:
        """`depends_on`: the registered models, and the grants with which the endpoint reads them."""
        super().__init__("databricks:ModelServing", "databricks-model-serving", workspace, context, opts)
        self.urls: dict[str, pulumi.Output[str]] = {}
        for key, item in settings.items():
            endpoint = self._endpoint(key, item, depends_on)
            self.urls[key] = endpoint.endpoint_url
            pulumi_databricks.Permissions(
                f"databricks-serving-endpoint-{key}-permissions",
                serving_endpoint_id=endpoint.serving_endpoint_id,
                access_controls=groups.entries(item.permissions, jobs="CAN_QUERY"),
                opts=self.content(),
            )
        self.register_outputs({"endpoints": sorted(settings)})

    def _endpoint(
        self, key: str, settings: ServingEndpoint, depends_on: Sequence[pulumi.Resource]
    ) -> pulumi_databricks.ModelServing:
        models = sorted(settings.models.items())
        return pulumi_databricks.ModelServing(
            f"databricks-serving-endpoint-{key}",
            name=self.object_name(key),
            config=pulumi_databricks.ModelServingConfigArgs(
                served_entities=[
                    pulumi_databricks.ModelServingConfigServedEntityArgs(
                        name=name,
                        entity_name=model.model,
                        entity_version=model.version,
                        workload_size=model.size,
                        scale_to_zero_enabled=model.scale_to_zero,
                    )
                    for name, model in models
                ],
                traffic_config=pulumi_databricks.ModelServingConfigTrafficConfigArgs(
                    routes=[
                        pulumi_databricks.ModelServingConfigTrafficConfigRouteArgs(
                            served_model_name=name, traffic_percentage=model.traffic_percent
                        )
                        for name, model in models
                    ]
                ),
            ),
            tags=[
                pulumi_databricks.ModelServingTagArgs(key=name, value=value)
                for name, value in sorted(self.databricks_tags.items())
            ],
            opts=self.content(depends_on=depends_on),
        )
