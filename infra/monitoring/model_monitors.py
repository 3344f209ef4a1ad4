"""Model monitors: is the model still asked what it learned?"""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
from pulumi_azure_native import machinelearningservices

from azure_facts.arm_ids import child_id
from infra.access.identity import Identity
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.ml.assets import Assets
from infra.ml.jobs import Ingredients
from infra.settings import monitoring as settings_of


class ModelMonitors(Component):
    """Owns the schedules that compare a deployment's questions with its model's training data.

    Does not own the deployment or the data; both must exist, which is why no monitor is a default.
    """

    def __init__(
        self,
        settings: Mapping[str, settings_of.ModelMonitor],
        emails: list[str],
        deployments: Mapping[tuple[str, str], Reference],
        ingredients: Ingredients,
        identity: Identity,
        runtime: str,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        """`identity` is the workspace's own: Spark's jobs take one that the workspace has. `runtime` is Spark's."""
        super().__init__("monitoring:ModelMonitors", "model-monitors", context, opts)
        self.identity = identity
        self.runtime = runtime
        for key, item in settings.items():
            deployment = deployments[item.endpoint, item.deployment]
            data = ingredients.data[item.reference_data, item.reference_data_version]
            self._monitor(key, item, emails, deployment, data, ingredients.assets)
        self.register_outputs({"model_monitors": sorted(settings)})

    def _monitor(
        self,
        key: str,
        settings: settings_of.ModelMonitor,
        emails: list[str],
        deployment: Reference,
        data: Reference,
        assets: Assets,
    ) -> None:
        name = self.context.naming.name(ResourceKind.ML_ASSET, f"monitor-{key}")
        schedule = machinelearningservices.Schedule(
            f"model-monitor-{key}",
            name=name,
            resource_group_name=self.context.resource_group.known_name,
            workspace_name=assets.workspace.known_name,
            properties=machinelearningservices.SchedulePropertiesArgs(
                display_name=f"monitor-{key}",
                is_enabled=True,
                trigger=machinelearningservices.CronTriggerArgs(
                    trigger_type="Cron", expression=settings.cron, time_zone="UTC"
                ),
                action=machinelearningservices.CreateMonitorActionArgs(
                    action_type="CreateMonitor",
                    monitor_definition=machinelearningservices.MonitorDefinitionArgs(
                        compute_configuration=machinelearningservices.MonitorServerlessSparkComputeArgs(
                            compute_type="ServerlessSpark",
                            # The other kind, AmlToken, is a person's, and no key opens the storage.
                            compute_identity=machinelearningservices.ManagedComputeIdentityArgs(
                                compute_identity_type="ManagedIdentity",
                                identity=machinelearningservices.ManagedServiceIdentityArgs(
                                    type=machinelearningservices.ManagedServiceIdentityType.USER_ASSIGNED,
                                    user_assigned_identities=[self.identity.reference.known_id],
                                ),
                            ),
                            instance_type="standard_e4s_v3",
                            runtime_version=self.runtime,
                        ),
                        monitoring_target=machinelearningservices.MonitoringTargetArgs(
                            task_type=machinelearningservices.ModelTaskType(settings.task),
                            deployment_id=deployment.known_id,
                        ),
                        signals={"data-drift": _drift(settings, data, assets)},
                        alert_notification_settings=machinelearningservices.MonitorNotificationSettingsArgs(
                            email_notification_settings=machinelearningservices.MonitorEmailNotificationSettingsArgs(
                                emails=emails
                            )
                        ),
                    ),
                ),
                tags=self.tags,
            ),
            opts=self.child(),
        )
        self.verify(child_id(assets.workspace.id, "schedules", name), schedule)


def _drift(
    settings: settings_of.ModelMonitor, data: Reference, assets: Assets
) -> machinelearningservices.DataDriftMonitoringSignalArgs:
    threshold = machinelearningservices.MonitoringThresholdArgs(value=settings.drift_threshold)
    return machinelearningservices.DataDriftMonitoringSignalArgs(
        signal_type="DataDrift",
        production_data=machinelearningservices.RollingInputDataArgs(
            input_data_type="Rolling",
            job_input_type=machinelearningservices.JobInputType.URI_FOLDER,
            uri=assets.asset_id("data", settings.production_data),
            data_context="model_inputs",
            window_offset="P0D",
            window_size="P7D",
        ),
        reference_data=machinelearningservices.FixedInputDataArgs(
            input_data_type="Fixed",
            job_input_type=machinelearningservices.JobInputType.MLTABLE,
            uri=data.known_id,
            data_context="training",
        ),
        metric_thresholds=[
            machinelearningservices.NumericalDataDriftMetricThresholdArgs(
                data_type="Numerical",
                metric=machinelearningservices.NumericalDataDriftMetric.NORMALIZED_WASSERSTEIN_DISTANCE,
                threshold=threshold,
            ),
            machinelearningservices.CategoricalDataDriftMetricThresholdArgs(
                data_type="Categorical",
                metric=machinelearningservices.CategoricalDataDriftMetric.JENSEN_SHANNON_DISTANCE,
                threshold=threshold,
            ),
        ],
    )
