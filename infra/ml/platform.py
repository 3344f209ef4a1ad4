"""Azure Machine Learning, whole."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pulumi

from infra.access.table import AccessScope
from infra.component import Component
from infra.context import Context, Reference
from infra.data.lake import Lake
from infra.foundation.encryption import Encryption, key_for
from infra.foundation.key_vault import KeyVault
from infra.foundation.observability import Observability
from infra.ml.assets import Assets
from infra.ml.compute import ComputeInstances, TrainingClusters
from infra.ml.container_registry import ContainerRegistry
from infra.ml.data import DataAssets, Datastores
from infra.ml.environments import MlEnvironments
from infra.ml.housekeeping import Housekeeping
from infra.ml.jobs import Ingredients
from infra.ml.notebook_backup import NotebookBackup
from infra.ml.outbound import targets_of
from infra.ml.schedules import Schedules
from infra.ml.storage_account import StorageAccount
from infra.ml.workspace import Dependents, Workspace
from infra.settings import ml as settings_of
from infra.settings.encryption import EncryptedService


class MachineLearningPlatform(Component):
    """Owns the workspace, the services under it, its compute, data, environments and schedules."""

    def __init__(
        self,
        settings: settings_of.MachineLearning,
        observability: Observability,
        lake: Lake | None,
        registry: Reference | None,
        encryption: Encryption | None,
        context: Context,
        opts: pulumi.ResourceOptions,
        *,
        scored_by_cluster: bool = False,
        runs_spark: bool = False,
    ) -> None:
        """`registry` is that of promoted models, where this stack has one; `scored_by_cluster`, whether Kubernetes will
        be attached; `runs_spark`, whether serverless Spark will run."""
        super().__init__("ml:MachineLearningPlatform", "ml", context, opts)
        inside = pulumi.ResourceOptions(parent=self)
        of_workspace = settings.workspace
        # Only a lake that jobs read: in private mode the managed network reaches nothing that is not named.
        lake = lake if any(datastore.zone for datastore in settings.datastores.values()) else None
        self.dependents = _dependents(of_workspace, observability, encryption, context, inside)
        self.workspace = Workspace(
            of_workspace,
            self.dependents,
            targets_of(
                settings,
                self.dependents.storage_account,
                self.dependents.key_vault,
                lake.account if lake else None,
                registry,
                context,
                runs_spark=runs_spark,
            ),
            key_for(encryption, EncryptedService.ML_WORKSPACE),
            context,
            inside,
            scored_by_cluster=scored_by_cluster,
        )
        self.registry = registry
        """Of promoted models, where this stack has one."""
        reference = self.workspace.reference
        training = (
            TrainingClusters(
                settings.training_clusters,
                reference,
                self.dependents,
                context,
                inside,
                reports_idle=settings.housekeeping.idle_report is not None,
                promoted=registry,
            )
            if settings.training_clusters
            else None
        )
        if settings.compute_instances:
            ComputeInstances(
                settings.compute_instances, reference, self.dependents.storage_account, context, inside
            )
        environments: Mapping[str, Reference] = {}
        if settings.environments:
            environments = MlEnvironments(
                settings.environments, reference, settings.workspace.package_index, context, inside
            ).environments
        self.assets = Assets(reference, environments)
        self.ingredients = self._ingredients(settings, training, lake, context, inside)
        self.schedules: Mapping[str, Reference] = {}
        if settings.schedules and self.ingredients:
            self.schedules = Schedules(
                settings.schedules, self.ingredients, reference, context, inside
            ).schedules
        if settings.housekeeping != settings_of.Housekeeping():
            Housekeeping(settings.housekeeping, self.dependents, self.ingredients, context, inside)
        if context.recovery.notebook_backup:
            NotebookBackup(self.dependents.storage_account, reference, context, inside)
        self.outputs: dict[str, pulumi.Input[object]] = {
            "workspace_name": reference.name,
            "workspace_id": reference.id,
            "tracking_uri": self.workspace.tracking_uri,
            "config_json": _config_json(context, reference.name),
        }
        self.register_outputs(self.outputs)

    def _ingredients(
        self,
        settings: settings_of.MachineLearning,
        training: TrainingClusters | None,
        lake: Lake | None,
        context: Context,
        inside: pulumi.ResourceOptions,
    ) -> Ingredients | None:
        """Datastores and data assets; what jobs need of them, where there is compute for jobs."""
        workspace = self.workspace.reference
        stores: Mapping[str, Reference] = {}
        data: Mapping[tuple[str, str], Reference] = {}
        if settings.datastores:
            identity = training.identity if training else None
            stores = Datastores(
                settings.datastores, self.workspace, identity, lake, context, inside
            ).datastores
        if settings.data_assets:
            data = DataAssets(settings.data_assets, workspace, stores, context, inside).versions
        if training is None:
            return None
        return Ingredients(self.assets, training.clusters, data, training.identity)


def _dependents(
    settings: settings_of.Workspace,
    observability: Observability,
    encryption: Encryption | None,
    context: Context,
    opts: pulumi.ResourceOptions,
) -> Dependents:
    """The four services that the workspace uses."""
    storage = StorageAccount(
        settings.storage_account,
        key_for(encryption, EncryptedService.STORAGE),
        context,
        opts,
        compute_in_our_network=settings.managed_network is settings_of.ManagedNetworkIsolation.DISABLED,
    )
    return Dependents(
        storage_account=storage.reference,
        storage_endpoints=storage.studio_endpoints,
        key_vault=KeyVault("ml", settings.key_vault, AccessScope.KEY_VAULT, context, opts).reference,
        container_registry=ContainerRegistry(
            settings.container_registry,
            key_for(encryption, EncryptedService.CONTAINER_REGISTRY),
            context,
            opts,
        ).reference,
        application_insights=observability.application_insights,
    )


def _config_json(context: Context, workspace_name: str) -> str:
    """The file that `MLClient.from_config` reads."""
    return json.dumps(
        {
            "subscription_id": context.azure.subscription_id,
            "resource_group": context.resource_group.name,
            "workspace_name": workspace_name,
        }
    )
