"""Batch endpoints: files in, files out, on a training cluster."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
from pulumi_azure_native import machinelearningservices

from azure_facts.arm_ids import child_id
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.ml.assets import Assets
from infra.serving.deployments import deployment_name
from infra.serving.release import release
from infra.settings import serving_endpoints as settings_of


class BatchEndpoints(Component):
    """Owns the endpoints and, where settings declare them, deployments. Does not own the clusters.

    Azure cannot change later: names.
    """

    def __init__(
        self,
        settings: Mapping[str, settings_of.BatchEndpoint],
        clusters: Mapping[str, Reference],
        assets: Assets,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("serving:BatchEndpoints", "batch-endpoints", context, opts)
        self.assets = assets
        self.scoring_uris: dict[str, pulumi.Output[str]] = {}
        for key, endpoint in settings.items():
            self.scoring_uris[key] = self._endpoint(key, endpoint, clusters[endpoint.training_cluster])
        self.register_outputs({"scoring_uris": self.scoring_uris})

    def _endpoint(
        self, key: str, settings: settings_of.BatchEndpoint, cluster: Reference
    ) -> pulumi.Output[str]:
        context = self.context
        workspace = self.assets.workspace
        name = context.naming.name(ResourceKind.ML_BATCH_ENDPOINT, key, generation=settings.generation)
        resource = machinelearningservices.BatchEndpoint(
            f"batch-endpoint-{key}",
            endpoint_name=name,
            resource_group_name=context.resource_group.known_name,
            workspace_name=workspace.known_name,
            location=context.azure.location,
            properties=machinelearningservices.BatchEndpointPropertiesArgs(
                # The only mode of batch endpoints.
                auth_mode=machinelearningservices.EndpointAuthMode.AAD_TOKEN,
                description=settings.description or None,
            ),
            tags=self.tags,
            opts=self.child(ignore_changes=["properties.defaults"]),
        )
        endpoint_id = context.arm.ml_batch_endpoint_id(workspace.name, name)
        self.verify(endpoint_id, resource)
        endpoint = Reference(endpoint_id, name, (resource,))
        made = [
            self._deployment(key, deployment_key, deployment, endpoint, cluster)
            for deployment_key, deployment in settings.deployments.items()
        ]
        if settings.default_deployment:
            properties: dict[str, object] = {
                "authMode": "AADToken",
                "defaults": {"deploymentName": deployment_name(self, settings.default_deployment)},
            }
            if settings.description:
                properties["description"] = settings.description
            release(
                self,
                f"batch-endpoint-{key}",
                endpoint_type="batchEndpoints",
                endpoint_name=f"{workspace.name}/{name}",
                body={
                    "location": context.azure.location,
                    "tags": dict(self.tags),
                    "properties": properties,
                },
                after=made,
            )
        return resource.properties.apply(lambda properties: properties.scoring_uri)

    def _deployment(
        self,
        endpoint_key: str,
        key: str,
        settings: settings_of.BatchDeployment,
        endpoint: Reference,
        cluster: Reference,
    ) -> machinelearningservices.BatchDeployment:
        context = self.context
        assets = self.assets
        name = deployment_name(self, key)
        deployment = machinelearningservices.BatchDeployment(
            f"batch-deployment-{endpoint_key}-{key}",
            deployment_name=name,
            endpoint_name=endpoint.known_name,
            resource_group_name=context.resource_group.known_name,
            workspace_name=assets.workspace.known_name,
            location=context.azure.location,
            properties=(
                _pipeline(settings.pipeline_component, cluster, assets)
                if settings.pipeline_component
                else _scoring(settings, cluster, assets)
            ),
            tags=self.tags,
            opts=self.child(),
        )
        self.verify(child_id(endpoint.id, "deployments", name), deployment)
        return deployment


def _scoring(
    settings: settings_of.BatchDeployment, cluster: Reference, assets: Assets
) -> machinelearningservices.BatchDeploymentPropertiesArgs:
    return machinelearningservices.BatchDeploymentPropertiesArgs(
        compute=cluster.known_id,
        model=machinelearningservices.IdAssetReferenceArgs(
            reference_type="Id", asset_id=assets.asset_id("models", settings.model or "")
        ),
        environment_id=assets.environment_id(settings.environment) if settings.environment else None,
        code_configuration=(
            machinelearningservices.CodeConfigurationArgs(
                code_id=assets.asset_id("codes", settings.code),
                scoring_script=settings.scoring_script,
            )
            if settings.code and settings.scoring_script
            else None
        ),
        resources=machinelearningservices.DeploymentResourceConfigurationArgs(instance_count=settings.nodes),
        max_concurrency_per_instance=settings.concurrency_per_node,
        mini_batch_size=settings.mini_batch_size,
        error_threshold=settings.error_threshold,
        output_action=machinelearningservices.BatchOutputAction.APPEND_ROW,
        output_file_name="predictions.csv",
        logging_level=machinelearningservices.BatchLoggingLevel.INFO,
        retry_settings=machinelearningservices.BatchRetrySettingsArgs(max_retries=3, timeout="PT10M"),
    )


def _pipeline(
    component: str, cluster: Reference, assets: Assets
) -> machinelearningservices.BatchDeploymentPropertiesArgs:
    """The four numbers and names at the end mean nothing to a pipeline, and the service's own clients send them
    (azure-sdk-for-python azure-ai-ml, PipelineComponentBatchDeployment)."""
    return machinelearningservices.BatchDeploymentPropertiesArgs(
        deployment_configuration=machinelearningservices.BatchPipelineComponentDeploymentConfigurationArgs(
            deployment_configuration_type="PipelineComponent",
            component_id=machinelearningservices.IdAssetReferenceArgs(
                reference_type="Id", asset_id=assets.asset_id("components", component)
            ),
            # A step that failed ends the job: what calls the endpoint must hear of it.
            settings={"default_compute": cluster.known_name, "continue_on_step_failure": "False"},
        ),
        error_threshold=-1,
        max_concurrency_per_instance=1,
        mini_batch_size=10,
        output_file_name="predictions.csv",
    )
