"""What machine learning, serving and monitoring need of each other and of the environment."""

from __future__ import annotations

from collections.abc import Iterator

from infra.settings.base import Problem
from infra.settings.databricks import DatabricksContent
from infra.settings.environment import EnvironmentKind
from infra.settings.messages import absent
from infra.settings.ml_data import DataAssetKind
from infra.settings.network import PrivateNetwork
from infra.settings.platform import PlatformSettings


def housekeeping_fits(settings: PlatformSettings) -> Iterator[Problem]:
    """Nothing that somebody may miss is thrown away in prod."""
    if settings.ml is None:
        return
    housekeeping = settings.ml.housekeeping
    for key in ("artifact_retention_days", "idle_report"):
        if settings.environment.kind is EnvironmentKind.PROD and getattr(housekeeping, key) is not None:
            yield Problem(
                f"ml.housekeeping.{key}", "is for nonprod only: runs in prod are evidence; remove it"
            )


def batch_clusters_exist(settings: PlatformSettings) -> Iterator[Problem]:
    """A batch endpoint runs on a training cluster, and on no more nodes than that has."""
    if settings.serving is None or settings.ml is None:
        return
    for key, endpoint in settings.serving.batch_endpoints.items():
        cluster = settings.ml.training_clusters.get(endpoint.training_cluster)
        path = f"serving.batch_endpoints.{key}"
        if cluster is None:
            yield Problem(
                f"{path}.training_cluster",
                absent(endpoint.training_cluster, "ml.training_clusters", settings.ml.training_clusters),
            )
            continue
        for name, deployment in endpoint.deployments.items():
            if deployment.nodes > cluster.max_nodes:
                yield Problem(
                    f"{path}.deployments.{name}.nodes",
                    f"is {deployment.nodes}, more than the cluster's max_nodes {cluster.max_nodes}; give at most that",
                )


def deployment_environments_exist(settings: PlatformSettings) -> Iterator[Problem]:
    """A deployment's environment is one of this stack's, or a version that the workspace already has."""
    if settings.serving is None or settings.ml is None:
        return
    groups = (
        ("endpoints", settings.serving.endpoints),
        ("batch_endpoints", settings.serving.batch_endpoints),
    )
    for area, endpoints in groups:
        for key, endpoint in endpoints.items():
            for name, deployment in endpoint.deployments.items():
                environment = deployment.environment
                if environment and ":" not in environment and environment not in settings.ml.environments:
                    yield Problem(
                        f"serving.{area}.{key}.deployments.{name}.environment",
                        absent(environment, "ml.environments", settings.ml.environments),
                    )


def endpoint_names_differ(settings: PlatformSettings) -> Iterator[Problem]:
    """Online and batch endpoints share the region's names; ours differ by kind, their keys must for people."""
    if settings.serving is None:
        return
    for key in sorted(settings.serving.endpoints.keys() & settings.serving.batch_endpoints.keys()):
        yield Problem(
            f"serving.batch_endpoints.{key}",
            "is an online endpoint's key too; endpoints of a region share names: give another key",
        )


def container_groups_fit(settings: PlatformSettings) -> Iterator[Problem]:
    """A container group has no subnet of its own, and in prod nothing answers without asking who calls."""
    if settings.serving is None:
        return
    for key, group in settings.serving.container_groups.items():
        path = f"serving.container_groups.{key}"
        if isinstance(settings.network, PrivateNetwork):
            yield Problem(
                path,
                "is not possible with network.mode: private, which has no subnet for it; use an endpoint",
            )
        elif (
            settings.environment.kind is EnvironmentKind.PROD
            and group.public
            and not group.requires_authentication
        ):
            yield Problem(
                f"{path}.public",
                "is true in prod, and nothing asks callers who they are; set requires_authentication if the image "
                "does, or use an endpoint",
            )


def purge_task_reaches_registry(settings: PlatformSettings) -> Iterator[Problem]:
    """Tasks run on machines of the registry's own, outside the private network."""
    if (
        settings.ml
        and settings.ml.housekeeping.registry_purge
        and isinstance(settings.network, PrivateNetwork)
    ):
        yield Problem(
            "ml.housekeeping.registry_purge",
            "cannot reach a private registry; give container_registry.untagged_retention_days",
        )


def retraining_schedule_exists(settings: PlatformSettings) -> Iterator[Problem]:
    """An alert starts the job of a schedule."""
    retraining = settings.monitoring and settings.monitoring.retraining
    schedules = settings.ml.schedules if settings.ml else {}
    if retraining and retraining.schedule and retraining.schedule not in schedules:
        yield Problem(
            "monitoring.retraining.schedule",
            absent(retraining.schedule, "ml.schedules", schedules),
        )


def retraining_reaches_databricks(settings: PlatformSettings) -> Iterator[Problem]:
    """An alert starts a Databricks job of this stack, through the workspace's front end."""
    retraining = settings.monitoring and settings.monitoring.retraining
    if not retraining or not retraining.databricks_job:
        return
    databricks, path = settings.databricks, "monitoring.retraining.databricks_job"
    jobs = databricks.jobs if databricks and databricks.content is DatabricksContent.MANAGED else {}
    if databricks is None or retraining.databricks_job not in jobs:
        yield Problem(path, absent(retraining.databricks_job, "databricks.jobs", jobs))
    elif isinstance(settings.network, PrivateNetwork):
        yield Problem(
            path,
            "is started through the workspace's public front end, which network.mode: private closes to a Logic "
            "App; give schedule, a job of ml.schedules",
        )


def retraining_sees_its_alert(settings: PlatformSettings) -> Iterator[Problem]:
    """An alert is in the resource group of the resource that it watches, and the identity that looks for it
    reads ours."""
    logs = settings.observability.log_analytics.existing_resource_id
    if settings.monitoring and settings.monitoring.retraining and logs:
        yield Problem(
            "monitoring.retraining",
            "looks for its alert in this environment's resource group, and observability.log_analytics is "
            "another's; let this stack create Log Analytics, or remove retraining",
        )


def monitored_deployments_exist(settings: PlatformSettings) -> Iterator[Problem]:
    """A model monitor compares a deployment with training data; both are declared here."""
    endpoints = settings.serving.endpoints if settings.serving else {}
    assets = settings.ml.data_assets if settings.ml else {}
    for key, item in settings.monitoring.model_monitors.items() if settings.monitoring else ():
        path = f"monitoring.model_monitors.{key}"
        deployments = endpoints[item.endpoint].deployments if item.endpoint in endpoints else {}
        if item.deployment not in deployments:
            yield Problem(
                f"{path}.deployment",
                f"'{item.endpoint}/{item.deployment}' is not in serving.endpoints; name a declared deployment",
            )
        elif not deployments[item.deployment].collects_data:
            yield Problem(
                f"serving.endpoints.{item.endpoint}.deployments.{item.deployment}.collects_data",
                f"is false, and monitoring.model_monitors.{key} reads what it collects; set it to true",
            )
        asset = assets.get(item.reference_data)
        if (
            asset is None
            or asset.kind is not DataAssetKind.TABLE
            or item.reference_data_version not in asset.versions
        ):
            yield Problem(
                f"{path}.reference_data",
                f"'{item.reference_data}:{item.reference_data_version}' is not an mltable's version in ml.data_assets",
            )
