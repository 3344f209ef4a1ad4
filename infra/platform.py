"""The table of contents: every component, in dependency order."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
import pulumi_azure_native

from azure_facts.retirement_tables.spark import newest_spark
from infra.apps.ai_services import AiServices
from infra.apps.app_dependencies import app_dependencies
from infra.apps.container_apps import ContainerApps
from infra.context import Context
from infra.data.component_dependencies import factory_dependencies, synapse_dependencies
from infra.data.ingest import Ingest
from infra.data.lake import Lake
from infra.data.lake_backup import LakeBackup
from infra.data.pool_pause import PoolPause
from infra.data.sources import Sources
from infra.data.synapse import Synapse
from infra.databricks.platform import DatabricksPlatform
from infra.foundation.budget import Budget
from infra.foundation.encryption import Encryption, key_for
from infra.foundation.platform import Foundation
from infra.foundation.read_endpoints import ReadEndpoints
from infra.ml.platform import MachineLearningPlatform
from infra.monitoring.platform import MonitoringPlatform
from infra.monitoring.watched import watched
from infra.promises.made import NODES, REGISTRY_FILES, REGISTRY_IMAGES, Made
from infra.promises.platform import promised
from infra.promotion.registry import ModelRegistry
from infra.serving.platform import ServingPlatform
from infra.settings.base import PROJECT
from infra.settings.cross_environment import readable_ids
from infra.settings.encryption import EncryptedService
from infra.settings.platform import PlatformSettings


class Platform(pulumi.ComponentResource):
    """One environment. Owns the explicit Azure provider that everything below inherits.

    `outputs` is what the stack exports: what people, pipelines and other tools need to use the platform.
    """

    def __init__(self, settings: PlatformSettings) -> None:
        provider = pulumi_azure_native.Provider(
            "azure",
            subscription_id=settings.azure.subscription_id,
            tenant_id=settings.azure.tenant_id,
        )
        super().__init__(
            f"{PROJECT}:platform:Platform", "platform", None, pulumi.ResourceOptions(providers=[provider])
        )
        inside = pulumi.ResourceOptions(parent=self)

        foundation = Foundation(settings, inside)
        if settings.foundation_only:
            # What follows needs the road that the hub's owner opens now (docs/decisions/0020).
            _budget(settings, (), (), foundation.context, inside)
            self.outputs: dict[str, pulumi.Input[object]] = {
                **foundation.outputs,
                "promises": promised(settings),
            }
            self.register_outputs(self.outputs)
            return
        context, observability = foundation.context, foundation.observability
        # A key of our own encrypts the services that settings name.
        encrypted = settings.encryption.customer_managed_keys
        encryption = Encryption(settings.encryption, context, inside) if encrypted else None

        # Where data comes from: stores of others.
        sources = Sources(settings.sources, context, inside) if settings.sources else None
        # What jobs read of other environments that are private.
        if any(reads.network_endpoints for reads in settings.access.reads_from.values()):
            ReadEndpoints(context, inside)
        # The lake: what comes in, what is made of it, what is predicted.
        lake = settings.lake and Lake(
            settings.lake,
            key_for(encryption, EncryptedService.STORAGE),
            context,
            inside,
            read_by_synapse=settings.synapse is not None,
        )
        # The lake's second copy, out of reach of the deployer.
        copied = settings.recovery.lake_backup
        lake_backup = LakeBackup(copied, lake, context, inside) if copied and lake else None
        # Where models wait that passed the gate.
        registry = (
            ModelRegistry(settings.promotion.registry, context, inside)
            if settings.promotion and settings.promotion.registry
            else None
        )
        # Azure Machine Learning with the four services under it, training clusters and workstations.
        ml = settings.ml and MachineLearningPlatform(
            settings.ml,
            observability,
            lake or None,
            registry.reference if registry else None,
            encryption,
            context,
            inside,
            scored_by_cluster=bool(settings.serving and settings.serving.cluster),
            runs_spark=bool(settings.monitoring and settings.monitoring.model_monitors),
        )
        # Databricks, linked to the ML workspace, with policies, pools, code and jobs.
        retraining = settings.monitoring.retraining if settings.monitoring else None
        databricks = settings.databricks and DatabricksPlatform(
            settings.databricks,
            ml,
            lake or None,
            encryption,
            context,
            inside,
            started_by_alert=retraining.databricks_job if retraining else None,
            run_by_factory=settings.data_factory.databricks_jobs if settings.data_factory else None,
        )
        # The endpoints that score; AKS, attached to the ML workspace, where some run there.
        serving = settings.serving and ml and ServingPlatform(settings.serving, ml, context, inside)

        # What people use on top: apps that call the endpoints, AI service containers.
        apps = _container_apps(settings, ml or None, serving or None, context, inside)
        ai_services = _ai_services(settings, ml or None, serving or None, context, inside)

        # Alerts, availability tests, the workbook, and the alert that retrains.
        monitoring = settings.monitoring and MonitoringPlatform(
            settings.monitoring,
            watched(settings, observability, ml or None, databricks or None, serving or None, apps, context),
            ml or None,
            serving.endpoints.deployments if serving else {},
            databricks.startable if databricks else None,
            newest_spark(settings.today),
            context,
            inside,
        )

        # Where predictions are read from.
        synapse = (
            settings.synapse
            and lake
            and Synapse(settings.synapse, synapse_dependencies(lake, ml or None, encryption), context, inside)
        )

        # What brings data in, and starts what is to run after it.
        ingest = settings.data_factory and Ingest(
            settings.data_factory,
            factory_dependencies(
                settings, lake or None, ml or None, databricks or None, synapse or None, encryption
            ),
            context,
            inside,
        )
        if synapse and ingest:
            _pause_pools(settings, synapse, ingest, context, inside)
        _budget(
            settings,
            (databricks or None, serving or None),
            (synapse or None, apps, registry),
            context,
            inside,
        )

        self.outputs = foundation.outputs | {
            "reads_from": readable_ids(settings.access, settings.environment, settings.azure) or None,
            "sources": sources.outputs if sources else None,
            "lake": lake.outputs if lake else None,
            "lake_backup": lake_backup.outputs if lake_backup else None,
            "ingest": ingest.outputs if ingest else None,
            "synapse": synapse.outputs if synapse else None,
            "ml": ml.outputs if ml else None,
            "promotion": registry.outputs if registry else None,
            "databricks": databricks.outputs if databricks else None,
            "serving": serving.outputs if serving else None,
            "apps": apps.urls if apps else None,
            "ai_services": ai_services.urls if ai_services else None,
            "monitoring": monitoring.outputs if monitoring else None,
            "promises": promised(settings, _made_by_services(registry, serving or None)),
        }
        self.register_outputs(self.outputs)


def _made_by_services(registry: ModelRegistry | None, serving: ServingPlatform | None) -> Made:
    """What nobody knows before, and promises name."""
    made: dict[str, pulumi.Input[str]] = {}
    if registry and registry.made:
        made[REGISTRY_FILES] = registry.made.apply(lambda ids: ids.storage)
        made[REGISTRY_IMAGES] = registry.made.apply(lambda ids: ids.images)
    if serving and serving.nodes_object_id:
        made[NODES] = serving.nodes_object_id
    return made


def _container_apps(
    settings: PlatformSettings,
    ml: MachineLearningPlatform | None,
    serving: ServingPlatform | None,
    context: Context,
    inside: pulumi.ResourceOptions,
) -> ContainerApps | None:
    if settings.apps is None or not settings.apps.apps:
        return None
    return ContainerApps(settings.apps, app_dependencies(ml, serving), context, inside)


def _ai_services(
    settings: PlatformSettings,
    ml: MachineLearningPlatform | None,
    serving: ServingPlatform | None,
    context: Context,
    inside: pulumi.ResourceOptions,
) -> AiServices | None:
    if settings.apps is None or not settings.apps.ai_services or ml is None:
        return None
    cluster = serving.kubernetes if serving else None
    return AiServices(settings.apps, ml.dependents.key_vault, cluster, context, inside)


def _pause_pools(
    settings: PlatformSettings,
    synapse: Synapse,
    ingest: Ingest,
    context: Context,
    inside: pulumi.ResourceOptions,
) -> None:
    pools = settings.synapse.dedicated_pools if settings.synapse else {}
    if any(pool.pause for pool in pools.values()):
        PoolPause(pools, synapse.dedicated_pools, ingest.factory, context, inside)


def _budget(
    settings: PlatformSettings,
    with_groups: Sequence[DatabricksPlatform | ServingPlatform | None],
    with_one_group: Sequence[Synapse | ContainerApps | ModelRegistry | None],
    context: Context,
    inside: pulumi.ResourceOptions,
) -> None:
    """The budget counts the groups that services manage, where most machines are billed."""
    groups: list[pulumi.Input[str]] = []
    for several in with_groups:
        groups += several.managed_resource_groups if several else []
    for one in with_one_group:
        groups += [one.managed_resource_group] if one else []
    Budget(settings.budget, groups, settings.today, context, inside)
