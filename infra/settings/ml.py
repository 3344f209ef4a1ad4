"""The Azure Machine Learning workspace, what it stands on, and its compute."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from infra.settings.base import (
    ArmIdOf,
    ExistingOrNew,
    Generation,
    Guid,
    Key,
    LoadingContext,
    Problem,
    SettingsModel,
    VmSize,
)
from infra.settings.key_vault import KeyVault


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
    """Basic holds 10 GB; Premium adds zones, private endpoints and retention of untagged images."""
    untagged_retention_days: Annotated[int, Field(ge=0, le=365)] | None = None
    """Days until an untagged image is removed; Premium only."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        yield from super().check(context)
        if self.untagged_retention_days is not None and self.sku is not ContainerRegistrySku.PREMIUM:
            yield Problem(
                "untagged_retention_days",
                f"needs sku: Premium; the {self.sku} registry has no retention policy",
            )


class ManagedNetworkIsolation(StrEnum):
    """Azure ML's own managed network for its compute. One-way: never back to a less isolated value."""

    DISABLED = "Disabled"
    ALLOW_INTERNET_OUTBOUND = "AllowInternetOutbound"
    ALLOW_ONLY_APPROVED_OUTBOUND = "AllowOnlyApprovedOutbound"


Fqdn = Annotated[str, Field(pattern=r"^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$")]
"""A host name, or `*.` and a domain."""


class Workspace(SettingsModel):
    """The workspace itself (kind Default)."""

    generation: Generation = 1
    high_business_impact: bool = False
    """Less telemetry to Microsoft; only settable when the workspace is created."""
    managed_network: ManagedNetworkIsolation = ManagedNetworkIsolation.ALLOW_INTERNET_OUTBOUND
    approved_fqdns: dict[Key, Fqdn] = {}
    """With AllowOnlyApprovedOutbound: hosts that compute may call, package indexes for example. The first one adds
    an Azure Firewall to the managed network, billed by the hour."""
    image_build_cluster: Key | None = None
    """Key of the training cluster that builds images; needed where the registry is private."""
    storage_account: StorageAccount = StorageAccount()
    key_vault: KeyVault = KeyVault()
    container_registry: ContainerRegistry = ContainerRegistry()


class ComputeInstance(SettingsModel):
    """A workstation of one person: nobody else can open it."""

    assigned_user_object_id: Guid
    """The person's object id (az ad user show --id USER --query id); immutable."""
    vm_size: VmSize = "Standard_E4ds_v5"
    """Immutable: give the instance a new key to renew it."""
    idle_minutes_before_shutdown: Annotated[int, Field(ge=15, le=4320)] = 60
    """15 minutes to 3 days."""


class ClusterPriority(StrEnum):
    """`LowPriority` nodes are cheaper, may be taken away, and are being retired."""

    DEDICATED = "Dedicated"
    LOW_PRIORITY = "LowPriority"


class TrainingCluster(SettingsModel):
    """A cluster of training nodes that shrinks to `min_nodes` when idle."""

    vm_size: VmSize
    """Immutable."""
    min_nodes: Annotated[int, Field(ge=0)] = 0
    """0 costs nothing while no job runs."""
    max_nodes: Annotated[int, Field(ge=1, le=1000)]
    idle_minutes_before_scale_down: Annotated[int, Field(ge=1, le=120)] = 5
    priority: ClusterPriority = ClusterPriority.DEDICATED

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.min_nodes > self.max_nodes:
            yield Problem(
                "min_nodes", f"is {self.min_nodes}, more than max_nodes {self.max_nodes}; give at most that"
            )

    @override
    def warn(self) -> Iterator[Problem]:
        if self.priority is ClusterPriority.LOW_PRIORITY:
            yield Problem(
                "priority",
                "low-priority nodes (Azure Batch) were retired on 2026-03-31: a new cluster may be refused; "
                "plan for Dedicated",
            )


class MachineLearning(SettingsModel):
    """Azure Machine Learning: the workspace, its instances and its clusters."""

    workspace: Workspace = Workspace()
    compute_instances: dict[Key, ComputeInstance] = {}
    training_clusters: dict[Key, TrainingCluster] = {}

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        yield from self._check_workspace()
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

    def _check_workspace(self) -> Iterator[Problem]:
        workspace = self.workspace
        builder = workspace.image_build_cluster
        if builder is not None and builder not in self.training_clusters:
            have = ", ".join(sorted(self.training_clusters)) or "none"
            yield Problem(
                "workspace.image_build_cluster", f"'{builder}' is not in training_clusters (there: {have})"
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
