"""What a stack will ask of its subscription: pure functions of the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from infra.conventions.name_rules import ResourceKind
from infra.conventions.naming import Naming
from infra.settings.ml import Workspace
from infra.settings.names import naming_of
from infra.settings.network import PrivateNetwork
from infra.settings.platform import PlatformSettings


@dataclass(frozen=True)
class Name:
    """A name that strangers or a deleted resource of our own may hold; `generation_key` is the setting that changes
    it: a generation, or the key of an entry."""

    kind: ResourceKind
    name: str
    generation_key: str

    @property
    def way_round(self) -> str:
        """What to do in the stack file where the name cannot be had."""
        if self.generation_key.endswith(".generation"):
            return f"raise {self.generation_key} in the stack file, or give existing_resource_id"
        return f"give {self.generation_key} another key in the stack file"


def names(settings: PlatformSettings) -> Iterator[Name]:
    """The shared and soft-deleting names that the stack will create; existing resources have theirs already."""
    naming = naming_of(settings)
    log_analytics = settings.observability.log_analytics
    if not log_analytics.existing_resource_id:
        yield Name(
            ResourceKind.LOG_ANALYTICS,
            naming.name(ResourceKind.LOG_ANALYTICS, generation=log_analytics.generation),
            "observability.log_analytics.generation",
        )
    if settings.encryption.customer_managed_keys and not settings.encryption.key_vault.existing_resource_id:
        yield Name(
            ResourceKind.KEY_VAULT,
            naming.name(ResourceKind.KEY_VAULT, "key", generation=settings.encryption.key_vault.generation),
            "encryption.key_vault.generation",
        )
    for key in settings.databricks.own_vaults if settings.databricks else ():
        name = naming.name(ResourceKind.KEY_VAULT, f"scope-{key}")
        yield Name(ResourceKind.KEY_VAULT, name, f"databricks.secret_scopes.{key}")
    if settings.lake and not settings.lake.existing_resource_id:
        name = naming.name(ResourceKind.DATA_LAKE, generation=settings.lake.generation)
        yield Name(ResourceKind.STORAGE_ACCOUNT, name, "lake.generation")
    if settings.ml:
        yield from _of_machine_learning(settings.ml.workspace, naming)
    if settings.synapse:
        name = naming.name(ResourceKind.SYNAPSE_WORKSPACE, generation=settings.synapse.generation)
        yield Name(ResourceKind.SYNAPSE_WORKSPACE, name, "synapse.generation")
    for key in settings.apps.ai_services if settings.apps else ():
        yield Name(
            ResourceKind.AI_SERVICES, naming.name(ResourceKind.AI_SERVICES, key), f"apps.ai_services.{key}"
        )


def _of_machine_learning(workspace: Workspace, naming: Naming) -> Iterator[Name]:
    yield Name(
        ResourceKind.ML_WORKSPACE,
        naming.name(ResourceKind.ML_WORKSPACE, generation=workspace.generation),
        "ml.workspace.generation",
    )
    for kind, key, part in (
        (ResourceKind.KEY_VAULT, "key_vault", workspace.key_vault),
        (ResourceKind.STORAGE_ACCOUNT, "storage_account", workspace.storage_account),
        (ResourceKind.CONTAINER_REGISTRY, "container_registry", workspace.container_registry),
    ):
        if not part.existing_resource_id:
            name = naming.name(kind, "ml", generation=part.generation)
            yield Name(kind, name, f"ml.workspace.{key}.generation")


_ALWAYS: tuple[str, ...] = (
    "Microsoft.Authorization",
    "Microsoft.Consumption",
    "Microsoft.Insights",
    "Microsoft.ManagedIdentity",
    "Microsoft.Network",
    "Microsoft.OperationalInsights",
)

_NAMESPACES: tuple[tuple[Callable[[PlatformSettings], object], tuple[str, ...]], ...] = (
    (lambda asked: asked.encryption.customer_managed_keys, ("Microsoft.KeyVault",)),
    (lambda asked: asked.security.defender_plans, ("Microsoft.Security",)),
    (
        lambda asked: asked.ml,
        (
            "Microsoft.ContainerRegistry",
            "Microsoft.KeyVault",
            "Microsoft.MachineLearningServices",
            "Microsoft.Storage",
        ),
    ),
    (lambda asked: asked.databricks, ("Microsoft.Databricks", "Microsoft.Compute", "Microsoft.Storage")),
    (
        lambda asked: asked.serving and asked.serving.cluster,
        ("Microsoft.Compute", "Microsoft.ContainerService", "Microsoft.KubernetesConfiguration"),
    ),
    (
        lambda asked: asked.serving and asked.serving.container_groups,
        ("Microsoft.ContainerInstance",),
    ),
    (lambda asked: isinstance(asked.network, PrivateNetwork) and asked.ml, ("Microsoft.Compute",)),
    (lambda asked: asked.lake, ("Microsoft.Storage",)),
    # Storage events reach a trigger through Event Grid.
    (lambda asked: asked.data_factory, ("Microsoft.DataFactory", "Microsoft.EventGrid")),
    (lambda asked: asked.synapse, ("Microsoft.Synapse", "Microsoft.Sql")),
    (lambda asked: asked.promotion and asked.promotion.registry, ("Microsoft.MachineLearningServices",)),
    # A secret's expiry reaches the action group through Event Grid.
    (lambda asked: asked.monitoring and asked.ml, ("Microsoft.EventGrid",)),
    (lambda asked: asked.apps and asked.apps.apps, ("Microsoft.App",)),
    (
        lambda asked: asked.apps and asked.apps.ai_services,
        ("Microsoft.CognitiveServices", "Microsoft.ContainerInstance", "Microsoft.KubernetesConfiguration"),
    ),
    (lambda asked: asked.monitoring and asked.monitoring.retraining, ("Microsoft.Logic",)),
    (lambda asked: asked.recovery.notebook_backup, ("Microsoft.RecoveryServices",)),
    # Immutability is not to be had without the second (learn.microsoft.com backup-azure-immutable-vault-concept).
    (
        lambda asked: asked.recovery.lake_backup,
        ("Microsoft.DataProtection", "Microsoft.RecoveryServices"),
    ),
)
"""Which settings need which resource providers, beside those that every stack needs."""


def namespaces(settings: PlatformSettings) -> tuple[str, ...]:
    """The resource providers that must be registered; azure-native registers none."""
    needed = set(_ALWAYS)
    for asks, names_of_part in _NAMESPACES:
        if asks(settings):
            needed.update(names_of_part)
    return tuple(sorted(needed))


def features(settings: PlatformSettings) -> tuple[tuple[str, str], ...]:
    """Namespace and name of each feature that must be registered for the subscription."""
    cluster = settings.serving.cluster if settings.serving else None
    if cluster and cluster.encryption_at_host:
        return (("Microsoft.Compute", "EncryptionAtHost"),)
    return ()
