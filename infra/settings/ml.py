"""The Azure Machine Learning workspace, its four services, and its compute."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field
from typing_extensions import override

from azure_facts.ml_managed_network import PACKAGE_INDEX_HOSTS
from azure_facts.reserved_objects import BORN_DATASTORES
from infra.settings.base import (
    ArmIdOf,
    ExistingOrNew,
    Fqdn,
    Generation,
    Key,
    LoadingContext,
    Problem,
    SettingsModel,
)
from infra.settings.key_vault import KeyVault
from infra.settings.messages import absent
from infra.settings.ml_compute import ComputeInstance, Cron, TrainingCluster
from infra.settings.ml_data import DataAsset, DataAssetKind, Datastore, MlEnvironment
from infra.settings.ml_jobs import Schedule

WORKSPACE_BLOB_STORE = "workspaceblobstore"
"""A datastore that every workspace is born with."""


class StorageRedundancy(StrEnum):
    """Standard performance only: Azure ML refuses a premium account as the workspace's default."""

    STANDARD_LRS = "Standard_LRS"
    STANDARD_ZRS = "Standard_ZRS"
    STANDARD_GRS = "Standard_GRS"
    STANDARD_RAGRS = "Standard_RAGRS"
    STANDARD_GZRS = "Standard_GZRS"
    STANDARD_RAGZRS = "Standard_RAGZRS"


class StorageAccount(ExistingOrNew):
    """The workspace's default storage account; cannot be exchanged once the workspace exists."""

    existing_resource_id: Annotated[str, ArmIdOf("Microsoft.Storage/storageAccounts")] | None = None
    redundancy: StorageRedundancy = StorageRedundancy.STANDARD_ZRS


class ContainerRegistrySku(StrEnum):
    """Sizes and features: learn.microsoft.com container-registry-skus."""

    BASIC = "Basic"
    STANDARD = "Standard"
    PREMIUM = "Premium"


class ContainerRegistry(ExistingOrNew):
    """The registry of training and scoring images; deleting it makes the workspace inoperative."""

    existing_resource_id: Annotated[str, ArmIdOf("Microsoft.ContainerRegistry/registries")] | None = None
    sku: ContainerRegistrySku = ContainerRegistrySku.PREMIUM
    """Basic holds 10 GB; Premium adds zones, private endpoints and retention of untagged images. Changes in place."""
    zone_redundancy: bool = True
    """Copies in all zones of the region; Premium only, and immutable: a smaller registry that may grow says false."""
    export: bool = False
    """`az acr import` may copy images to another registry, past the private endpoint. Where the registry has a public
    endpoint, Azure always allows it."""
    untagged_retention_days: Annotated[int, Field(ge=0, le=365)] | None = None
    """Days until an untagged image is removed; Premium only."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        yield from super().check(context)
        premium = self.sku is ContainerRegistrySku.PREMIUM
        if self.zone_redundancy and not premium and self.existing_resource_id is None:
            yield Problem(
                "zone_redundancy",
                f"is true and needs sku: Premium; the {self.sku} registry has none: give false",
            )
        if self.untagged_retention_days is not None and not premium:
            yield Problem(
                "untagged_retention_days",
                f"needs sku: Premium; the {self.sku} registry has no retention policy",
            )


class ManagedNetworkIsolation(StrEnum):
    """Azure ML's own managed network for its compute. One-way: never back to a less isolated value."""

    DISABLED = "Disabled"
    ALLOW_INTERNET_OUTBOUND = "AllowInternetOutbound"
    ALLOW_ONLY_APPROVED_OUTBOUND = "AllowOnlyApprovedOutbound"


class Workspace(SettingsModel):
    """The workspace itself (kind Default)."""

    generation: Generation = 1
    high_business_impact: bool = False
    """Less telemetry to Microsoft; only settable when the workspace is created."""
    managed_network: ManagedNetworkIsolation = ManagedNetworkIsolation.ALLOW_INTERNET_OUTBOUND
    approved_fqdns: dict[Key, Fqdn] = {}
    """With AllowOnlyApprovedOutbound: hosts that compute may call, package indexes for example. The first one adds
    an Azure Firewall to the managed network, billed by the hour."""
    package_index: Annotated[str, Field(pattern=r"^https://[^\s/]+\S*$")] | None = None
    """The index from which environments install pip's packages, such as your own mirror. Default: pip's
    public index. With AllowOnlyApprovedOutbound its host and those of conda are approved once an environment
    installs packages."""
    image_build_cluster: Key | None = None
    """Key of the training cluster that builds images; needed where the registry is private."""
    storage_account: StorageAccount = StorageAccount()
    key_vault: KeyVault = KeyVault()
    container_registry: ContainerRegistry = ContainerRegistry()


class RegistryPurge(SettingsModel):
    """A task in the registry that lists old images, tagged ones too, and removes those of some repositories.

    The registry does not know what runs: a deployment that scales out pulls its image again, however old it is.
    """

    cron: Cron = "0 4 * * 0"
    """UTC."""
    older_than_days: Annotated[int, Field(ge=1)] = 30
    keep: Annotated[int, Field(ge=1)] = 3
    """Newest tags that stay in every repository."""
    repositories: list[Annotated[str, Field(pattern=r"^[a-z0-9]+([._/-]+[a-z0-9]+)*$")]] = []
    """Those whose old images are removed, because no endpoint, app or job runs them; of all others they are listed in
    the task's log. Empty = nothing is removed."""


class IdleReport(SettingsModel):
    """A job that lists endpoints without traffic and archives old runs."""

    cron: Cron = "0 6 * * 1"
    training_cluster: Key
    environment: Key
    """Key of `environments`; must hold azure-ai-ml and azure-identity."""
    archive_runs_older_than_days: Annotated[int, Field(ge=7)] = 90


class Housekeeping(SettingsModel):
    """Scheduled clean-up. Only `registry_purge` is allowed in prod."""

    registry_purge: RegistryPurge | None = None
    artifact_retention_days: Annotated[int, Field(ge=7)] | None = None
    """Run artifacts and logs older than this are deleted. A model that was registered from a run may be those
    very files: give more days than a model lives."""
    idle_report: IdleReport | None = None


class MachineLearning(SettingsModel):
    """Azure Machine Learning: the workspace, its compute, data, environments and schedules."""

    workspace: Workspace = Workspace()
    compute_instances: dict[Key, ComputeInstance] = {}
    training_clusters: dict[Key, TrainingCluster] = {}
    datastores: dict[Key, Datastore] = {}
    data_assets: dict[Key, DataAsset] = {}
    environments: dict[Key, MlEnvironment] = {}
    schedules: dict[Key, Schedule] = {}
    housekeeping: Housekeeping = Housekeeping()

    @property
    def installing_environments(self) -> list[str]:
        """Keys of the environments whose image is built with packages."""
        return [key for key, item in self.environments.items() if item.conda_packages or item.pip_packages]

    @property
    def outbound_hosts(self) -> Mapping[str, str]:
        """Rule name to host, of what compute may call by name."""
        named = {f"fqdn-{key}": host for key, host in self.workspace.approved_fqdns.items()}
        approved_only = self.workspace.managed_network is ManagedNetworkIsolation.ALLOW_ONLY_APPROVED_OUTBOUND
        if not (approved_only and self.installing_environments):
            return named
        return named | {
            f"packages-{word}": host
            for word, host in self.package_hosts.items()
            if host not in named.values()
        }

    @property
    def package_hosts(self) -> Mapping[str, str]:
        """Word to host, of where images' packages come from."""
        own = urlsplit(self.workspace.package_index or "").hostname
        if own is None:
            return PACKAGE_INDEX_HOSTS
        return {word: host for word, host in PACKAGE_INDEX_HOSTS.items() if not word.startswith("pip-")} | {
            "index": own
        }

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        yield from self._check_workspace()
        yield from self._check_compute_keys()
        yield from self._check_data()
        for key, schedule in self.schedules.items():
            for problem in self._check_schedule(schedule):
                yield Problem(f"schedules.{key}.{problem.path}", problem.message)
        yield from self._check_housekeeping()

    def _check_compute_keys(self) -> Iterator[Problem]:
        for kind, keys in (
            ("compute_instances", self.compute_instances),
            ("training_clusters", self.training_clusters),
        ):
            for key in keys:
                if re.search(r"-\d+$", key):
                    yield Problem(
                        f"{kind}.{key}",
                        "ends in a dash and digits, which Azure ML refuses in a compute's name",
                    )
        for key in sorted(self.compute_instances.keys() & self.training_clusters.keys()):
            yield Problem(
                f"training_clusters.{key}",
                "is a compute instance's key too; computes of a workspace share names",
            )

    def _check_data(self) -> Iterator[Problem]:
        for key in sorted(self.datastores.keys() & set(BORN_DATASTORES)):
            yield Problem(
                f"datastores.{key}", "is one that every workspace has from its start; give another key"
            )
        for key, asset in self.data_assets.items():
            if asset.datastore != WORKSPACE_BLOB_STORE and asset.datastore not in self.datastores:
                yield Problem(
                    f"data_assets.{key}.datastore", absent(asset.datastore, "datastores", self.datastores)
                )

    def _check_schedule(self, schedule: Schedule) -> Iterator[Problem]:
        cluster = self.training_clusters.get(schedule.training_cluster)
        if cluster is None:
            yield Problem(
                "training_cluster",
                absent(schedule.training_cluster, "training_clusters", self.training_clusters),
            )
        if schedule.command:
            yield from self._check_environment("command.environment", schedule.command.environment)
            if cluster and schedule.command.nodes > cluster.max_nodes:
                yield Problem("command.nodes", _too_many(schedule.command.nodes, cluster))
        if schedule.automl:
            asset = self.data_assets.get(schedule.automl.training_data)
            if asset is None or asset.kind is not DataAssetKind.TABLE:
                tables = {k: a for k, a in self.data_assets.items() if a.kind is DataAssetKind.TABLE}
                yield Problem(
                    "automl.training_data",
                    absent(schedule.automl.training_data, "data_assets of kind mltable", tables),
                )
            elif schedule.automl.training_data_version not in asset.versions:
                yield Problem(
                    "automl.training_data_version",
                    absent(schedule.automl.training_data_version, "its versions", asset.versions),
                )
            if cluster and schedule.automl.concurrent_trials > cluster.max_nodes:
                yield Problem(
                    "automl.concurrent_trials", _too_many(schedule.automl.concurrent_trials, cluster)
                )

    def _check_environment(self, path: str, reference: str) -> Iterator[Problem]:
        if not reference.startswith("azureml:") and reference not in self.environments:
            yield Problem(path, absent(reference, "environments", self.environments))

    def _check_housekeeping(self) -> Iterator[Problem]:
        registry = self.workspace.container_registry
        if self.housekeeping.registry_purge and registry.existing_resource_id:
            yield Problem(
                "housekeeping.registry_purge", "cleans up a registry that is not this stack's; remove it"
            )
        if self.housekeeping.artifact_retention_days and self.workspace.storage_account.existing_resource_id:
            yield Problem(
                "housekeeping.artifact_retention_days",
                "deletes in an account that is not this stack's; remove it",
            )
        report = self.housekeeping.idle_report
        if report is None:
            return
        if report.training_cluster not in self.training_clusters:
            yield Problem(
                "housekeeping.idle_report.training_cluster",
                absent(report.training_cluster, "training_clusters", self.training_clusters),
            )
        yield from self._check_environment("housekeeping.idle_report.environment", report.environment)

    def _check_workspace(self) -> Iterator[Problem]:
        workspace = self.workspace
        builder = workspace.image_build_cluster
        if builder is not None and builder not in self.training_clusters:
            yield Problem(
                "workspace.image_build_cluster", absent(builder, "training_clusters", self.training_clusters)
            )
        approved_only = workspace.managed_network is ManagedNetworkIsolation.ALLOW_ONLY_APPROVED_OUTBOUND
        if workspace.approved_fqdns and not approved_only:
            yield Problem(
                "workspace.approved_fqdns",
                "has an effect with managed_network: AllowOnlyApprovedOutbound only",
            )
        registry = workspace.container_registry
        if (
            approved_only
            and registry.existing_resource_id is None
            and registry.sku is not ContainerRegistrySku.PREMIUM
        ):
            yield Problem(
                "workspace.container_registry.sku",
                f"is {registry.sku}; the managed network reaches it through a private endpoint, which needs Premium",
            )


def _too_many(asked: int, cluster: TrainingCluster) -> str:
    return f"is {asked}, more than the cluster's max_nodes {cluster.max_nodes}; give at most that"
