"""Online deployments: a version of a model behind an endpoint, with its scaling."""

from __future__ import annotations

import pulumi
from pulumi_azure_native import machinelearningservices, monitor

from azure_facts.arm_ids import child_id
from azure_facts.data_collector import MONITORED_COLLECTIONS
from infra.component import LONG_TIMEOUTS, Component
from infra.context import Reference
from infra.conventions.name_rules import ResourceKind
from infra.ml.assets import Assets
from infra.settings import serving_endpoints as settings_of


def deploy(
    owner: Component,
    endpoint_key: str,
    key: str,
    settings: settings_of.Deployment,
    runs_on: settings_of.RunsOn,
    endpoint: Reference,
    assets: Assets,
) -> Reference:
    """One deployment; it gets no request until traffic names it."""
    context = owner.context
    part = f"{endpoint_key}-{key}"
    name = deployment_name(owner, key)
    kubernetes = runs_on is settings_of.RunsOn.KUBERNETES
    deployment = machinelearningservices.OnlineDeployment(
        f"online-deployment-{part}",
        deployment_name=name,
        endpoint_name=endpoint.known_name,
        resource_group_name=context.resource_group.known_name,
        workspace_name=assets.workspace.known_name,
        location=context.azure.location,
        sku=machinelearningservices.SkuArgs(name="Default", capacity=settings.min_instances),
        properties=_kubernetes(settings, assets) if kubernetes else _managed(settings, assets),
        tags=owner.tags,
        opts=owner.child(
            immutable=["properties.endpointComputeType"] if kubernetes else ["properties.instanceType"],
            # Scaled by the service from then on.
            ignore_changes=["sku.capacity"] if _scales(settings) else (),
            custom_timeouts=LONG_TIMEOUTS,
        ),
    )
    deployment_id = child_id(endpoint.id, "deployments", name)
    owner.verify(deployment_id, deployment)
    reference = Reference(deployment_id, name, (deployment,))
    if not kubernetes and _scales(settings):
        _autoscale(owner, part, settings, reference)
    return reference


def deployment_name(owner: Component, key: str) -> str:
    """The name that traffic uses."""
    return owner.context.naming.name(ResourceKind.ML_DEPLOYMENT, key)


def _scales(settings: settings_of.Deployment) -> bool:
    return settings.max_instances > settings.min_instances


def _code(
    settings: settings_of.Deployment, assets: Assets
) -> machinelearningservices.CodeConfigurationArgs | None:
    if settings.code is None or settings.scoring_script is None:
        return None
    return machinelearningservices.CodeConfigurationArgs(
        code_id=assets.asset_id("codes", settings.code), scoring_script=settings.scoring_script
    )


def _requests(settings: settings_of.Deployment) -> machinelearningservices.OnlineRequestSettingsArgs:
    return machinelearningservices.OnlineRequestSettingsArgs(
        max_concurrent_requests_per_instance=settings.concurrent_requests,
        request_timeout=f"PT{settings.request_timeout_seconds}S",
    )


def _environment(settings: settings_of.Deployment, assets: Assets) -> pulumi.Output[str] | None:
    return assets.environment_id(settings.environment) if settings.environment else None


def _collector(settings: settings_of.Deployment) -> machinelearningservices.DataCollectorArgs | None:
    if not settings.collects_data:
        return None
    return machinelearningservices.DataCollectorArgs(
        collections={
            name: machinelearningservices.CollectionArgs(
                data_collection_mode=machinelearningservices.DataCollectionMode.ENABLED, sampling_rate=1.0
            )
            for name in MONITORED_COLLECTIONS
        },
        rolling_rate=machinelearningservices.RollingRateType.HOUR,
    )


def _kubernetes(
    settings: settings_of.Deployment, assets: Assets
) -> machinelearningservices.KubernetesOnlineDeploymentArgs:
    asked = machinelearningservices.ContainerResourceSettingsArgs(cpu=settings.cpu, memory=settings.memory)
    return machinelearningservices.KubernetesOnlineDeploymentArgs(
        endpoint_compute_type="Kubernetes",
        app_insights_enabled=True,
        model=assets.asset_id("models", settings.model),
        environment_id=_environment(settings, assets),
        code_configuration=_code(settings, assets),
        environment_variables=dict(settings.environment_variables) or None,
        instance_type=settings.instance_type,
        data_collector=_collector(settings),
        container_resource_requirements=(
            machinelearningservices.ContainerResourceRequirementsArgs(
                container_resource_requests=asked, container_resource_limits=asked
            )
            if settings.cpu or settings.memory
            else None
        ),
        request_settings=_requests(settings),
        scale_settings=(
            machinelearningservices.TargetUtilizationScaleSettingsArgs(
                scale_type="TargetUtilization",
                min_instances=settings.min_instances,
                max_instances=settings.max_instances,
                target_utilization_percentage=settings.target_utilization,
                polling_interval="PT10S",
            )
            if _scales(settings)
            else machinelearningservices.DefaultScaleSettingsArgs(scale_type="Default")
        ),
    )


def _managed(
    settings: settings_of.Deployment, assets: Assets
) -> machinelearningservices.ManagedOnlineDeploymentArgs:
    return machinelearningservices.ManagedOnlineDeploymentArgs(
        endpoint_compute_type="Managed",
        app_insights_enabled=True,
        model=assets.asset_id("models", settings.model),
        environment_id=_environment(settings, assets),
        code_configuration=_code(settings, assets),
        environment_variables=dict(settings.environment_variables) or None,
        instance_type=settings.instance_type,
        data_collector=_collector(settings),
        # Through the workspace's managed network, where it has one.
        egress_public_network_access=machinelearningservices.EgressPublicNetworkAccessType.DISABLED,
        request_settings=_requests(settings),
        # A managed deployment knows no other: Azure Monitor scales it.
        scale_settings=machinelearningservices.DefaultScaleSettingsArgs(scale_type="Default"),
    )


def _autoscale(owner: Component, part: str, settings: settings_of.Deployment, deployment: Reference) -> None:
    """One instance more above the target, one less below half of it."""
    name = owner.context.naming.name(ResourceKind.AUTOSCALE_SETTING, part)
    more = monitor.ComparisonOperationType.GREATER_THAN, monitor.ScaleDirection.INCREASE
    less = monitor.ComparisonOperationType.LESS_THAN, monitor.ScaleDirection.DECREASE
    monitor.AutoscaleSetting(
        f"autoscale-{part}",
        autoscale_setting_name=name,
        name=name,
        resource_group_name=owner.context.resource_group.known_name,
        location=owner.context.azure.location,
        enabled=True,
        target_resource_uri=deployment.known_id,
        profiles=[
            monitor.AutoscaleProfileArgs(
                name="by-cpu",
                capacity=monitor.ScaleCapacityArgs(
                    default=str(settings.min_instances),
                    minimum=str(settings.min_instances),
                    maximum=str(settings.max_instances),
                ),
                rules=[
                    _cpu_rule(deployment, *more, settings.target_utilization, "PT5M"),
                    _cpu_rule(deployment, *less, settings.target_utilization // 2, "PT15M"),
                ],
            )
        ],
        tags=owner.tags,
        opts=owner.child(),
    )


def _cpu_rule(
    deployment: Reference,
    operator: monitor.ComparisonOperationType,
    direction: monitor.ScaleDirection,
    threshold: int,
    window: str,
) -> monitor.ScaleRuleArgs:
    """One step in `direction` when the deployment's average CPU was beyond `threshold` percent for `window`."""
    return monitor.ScaleRuleArgs(
        metric_trigger=monitor.MetricTriggerArgs(
            metric_name="CpuUtilizationPercentage",
            metric_namespace="microsoft.machinelearningservices/workspaces/onlineendpoints/deployments",
            metric_resource_uri=deployment.known_id,
            operator=operator,
            statistic=monitor.MetricStatisticType.AVERAGE,
            threshold=threshold,
            time_aggregation=monitor.TimeAggregationType.AVERAGE,
            time_grain="PT1M",
            time_window=window,
        ),
        scale_action=monitor.ScaleActionArgs(
            direction=direction, type=monitor.ScaleType.CHANGE_COUNT, value="1", cooldown="PT5M"
        ),
    )
