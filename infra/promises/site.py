"""The ids of everything that promises name, computed from settings: nothing is deployed for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from azure_facts.arm_ids import ArmScope, child_id
from infra.access.identity_purpose import IdentityPurpose
from infra.conventions.address_plan import SubnetPurpose
from infra.conventions.name_rules import ResourceKind
from infra.conventions.naming import Naming
from infra.settings.databricks.workspace import DatabricksContent
from infra.settings.lake import ZoneContent, content_of
from infra.settings.names import naming_of
from infra.settings.network import PrivateNetwork
from infra.settings.platform import PlatformSettings
from infra.settings.sources import SourceKind


@dataclass(frozen=True)
class Site:
    """One environment. An id of a part that settings leave out is an empty text, and a map has no entry for it."""

    settings: PlatformSettings

    @cached_property
    def naming(self) -> Naming:
        """The stack's names."""
        return naming_of(self.settings)

    @cached_property
    def arm(self) -> ArmScope:
        """Ids in the environment's resource group."""
        return ArmScope(self.settings.azure.subscription_id, self.naming.name(ResourceKind.RESOURCE_GROUP))

    @property
    def private(self) -> PrivateNetwork | None:
        """The network; None in public mode."""
        return self.settings.network if isinstance(self.settings.network, PrivateNetwork) else None

    @cached_property
    def virtual_network(self) -> str:
        """Ours or a given one; only in private mode."""
        if self.private and self.private.existing:
            return self.private.existing.virtual_network_id
        return self.arm.virtual_network_id(self.naming.name(ResourceKind.VIRTUAL_NETWORK))

    def subnet(self, purpose: SubnetPurpose) -> str:
        """One of the network's."""
        existing = self.private.existing if self.private else None
        name = existing.subnets[purpose] if existing else self.naming.name(ResourceKind.SUBNET, purpose)
        return child_id(self.virtual_network, "subnets", name)

    def identity(self, purpose: str | IdentityPurpose) -> str:
        """A user-assigned one of ours."""
        return self.arm.user_assigned_identity_id(
            self.naming.name(ResourceKind.USER_ASSIGNED_IDENTITY, str(purpose))
        )

    # Foundation.

    @cached_property
    def log_analytics(self) -> str:
        """Where logs are."""
        given = self.settings.observability.log_analytics
        name = self.naming.name(ResourceKind.LOG_ANALYTICS, generation=given.generation)
        return given.existing_resource_id or self.arm.log_analytics_id(name)

    @cached_property
    def application_insights(self) -> str:
        """Where programs send what they measure."""
        given = self.settings.observability.application_insights
        name = self.naming.name(ResourceKind.APPLICATION_INSIGHTS, generation=given.generation)
        return given.existing_resource_id or self.arm.application_insights_id(name)

    # Azure Machine Learning.

    @cached_property
    def ml_workspace(self) -> str:
        """The workspace."""
        return self.arm.ml_workspace_id(self._ml_name) if self.settings.ml else ""

    @property
    def _ml_name(self) -> str:
        generation = self.settings.ml.workspace.generation if self.settings.ml else 1
        return self.naming.name(ResourceKind.ML_WORKSPACE, generation=generation)

    @cached_property
    def ml_storage(self) -> str:
        """The workspace's own account."""
        if self.settings.ml is None:
            return ""
        given = self.settings.ml.workspace.storage_account
        name = self.naming.name(ResourceKind.STORAGE_ACCOUNT, "ml", generation=given.generation)
        return given.existing_resource_id or self.arm.storage_account_id(name)

    @cached_property
    def key_vault(self) -> str:
        """The platform's, which is the ML workspace's."""
        if self.settings.ml is None:
            return ""
        given = self.settings.ml.workspace.key_vault
        name = self.naming.name(ResourceKind.KEY_VAULT, "ml", generation=given.generation)
        return given.existing_resource_id or self.arm.key_vault_id(name)

    @cached_property
    def container_registry(self) -> str:
        """Where images are."""
        if self.settings.ml is None:
            return ""
        given = self.settings.ml.workspace.container_registry
        name = self.naming.name(ResourceKind.CONTAINER_REGISTRY, "ml", generation=given.generation)
        return given.existing_resource_id or self.arm.container_registry_id(name)

    @cached_property
    def ml_registry(self) -> str:
        """Where promoted models are."""
        registry = self.settings.promotion.registry if self.settings.promotion else None
        if registry is None:
            return ""
        return self.arm.ml_registry_id(
            self.naming.name(ResourceKind.ML_REGISTRY, generation=registry.generation)
        )

    # The lake, and what is built on it.

    @cached_property
    def lake(self) -> str:
        """The account."""
        lake = self.settings.lake
        if lake is None:
            return ""
        name = self.naming.name(ResourceKind.DATA_LAKE, generation=lake.generation)
        return lake.existing_resource_id or self.arm.storage_account_id(name)

    def zone(self, key: str) -> str:
        """A container of the lake."""
        return child_id(self.lake, "blobServices", "default", "containers", key)

    def zones_of(self, content: ZoneContent) -> Mapping[str, str]:
        """Key and container of each zone that holds this."""
        zones = self.settings.lake.zones if self.settings.lake else {}
        return {key: self.zone(key) for key, zone in zones.items() if content_of(key, zone) is content}

    @cached_property
    def data_factory(self) -> str:
        """The factory."""
        factory = self.settings.data_factory
        if factory is None:
            return ""
        return self.arm.data_factory_id(
            self.naming.name(ResourceKind.DATA_FACTORY, generation=factory.generation)
        )

    @property
    def has_self_hosted_runtime(self) -> bool:
        """Whether machines of ours connect to the factory."""
        kinds = {source.kind for source in self.settings.sources.values()}
        return bool(self.data_factory) and SourceKind.ODBC in kinds

    @cached_property
    def synapse(self) -> str:
        """The Synapse workspace."""
        synapse = self.settings.synapse
        if synapse is None or self.settings.lake is None:
            return ""
        return self.arm.synapse_workspace_id(
            self.naming.name(ResourceKind.SYNAPSE_WORKSPACE, generation=synapse.generation)
        )

    @cached_property
    def synapse_hub(self) -> str:
        """Through which Studio's own pages come; only in private mode."""
        if not self.synapse or self.private is None:
            return ""
        return self.arm.synapse_private_link_hub_id(self.naming.name(ResourceKind.SYNAPSE_PRIVATE_LINK_HUB))

    # Databricks.

    @cached_property
    def databricks(self) -> str:
        """The workspace."""
        databricks = self.settings.databricks
        if databricks is None:
            return ""
        return self.arm.databricks_workspace_id(
            self.naming.name(ResourceKind.DATABRICKS_WORKSPACE, generation=databricks.generation)
        )

    @property
    def has_databricks_content(self) -> bool:
        """Whether anything of ours is inside."""
        databricks = self.settings.databricks
        return databricks is not None and databricks.content is DatabricksContent.MANAGED

    @cached_property
    def access_connector(self) -> str:
        """The identity with which Unity Catalog opens storage, by its resource."""
        return self.arm.databricks_access_connector_id(
            self.naming.name(ResourceKind.DATABRICKS_ACCESS_CONNECTOR)
        )

    def in_databricks(self, kind: str, name: str = "") -> str:
        """An object inside the workspace, as promises name it."""
        return f"databricks:{kind}/{name}@{self.databricks}"

    def databricks_name(self, key: str) -> str:
        """Of a cluster, a job, a pool: as people see it."""
        return self.naming.name(ResourceKind.DATABRICKS_OBJECT, key)

    def catalog_name(self, key: str) -> str:
        """Of a catalog, or of an external location."""
        return self.naming.name(ResourceKind.UNITY_CATALOG_OBJECT, key)

    @cached_property
    def secret_scope_vaults(self) -> Mapping[str, str]:
        """The vaults behind secret scopes, by the scope's key."""
        databricks = self.settings.databricks
        if databricks is None or not self.has_databricks_content:
            return {}
        return {
            key: scope.key_vault_resource_id
            or self.arm.key_vault_id(self.naming.name(ResourceKind.KEY_VAULT, f"scope-{key}"))
            for key, scope in databricks.secret_scopes.items()
        }

    @property
    def own_scope_vaults(self) -> Mapping[str, str]:
        """Those of them that this stack makes."""
        own = self.settings.databricks.own_vaults if self.settings.databricks else ()
        return {key: vault for key, vault in self.secret_scope_vaults.items() if key in own}

    # Serving and apps.

    @cached_property
    def kubernetes(self) -> str:
        """The scoring cluster."""
        serving = self.settings.serving
        if serving is None or serving.cluster is None or self.settings.ml is None:
            return ""
        return self.arm.aks_id(
            self.naming.name(ResourceKind.AKS_CLUSTER, generation=serving.cluster.generation)
        )

    @property
    def attached_cluster(self) -> str:
        """The scoring cluster as compute of the ML workspace."""
        return self.arm.ml_compute_id(
            self._ml_name, self.naming.name(ResourceKind.ML_ATTACHED_COMPUTE, "aks")
        )

    def online_endpoint(self, key: str) -> str:
        """One that settings declare."""
        generation = self.settings.serving.endpoints[key].generation if self.settings.serving else 1
        return self.arm.ml_online_endpoint_id(
            self._ml_name, self.naming.name(ResourceKind.ML_ONLINE_ENDPOINT, key, generation=generation)
        )

    def batch_endpoint(self, key: str) -> str:
        """One that settings declare."""
        generation = self.settings.serving.batch_endpoints[key].generation if self.settings.serving else 1
        return self.arm.ml_batch_endpoint_id(
            self._ml_name, self.naming.name(ResourceKind.ML_BATCH_ENDPOINT, key, generation=generation)
        )

    @cached_property
    def app_environment(self) -> str:
        """Where apps run."""
        apps = self.settings.apps
        if apps is None or not apps.apps:
            return ""
        return self.arm.container_app_environment_id(
            self.naming.name(ResourceKind.CONTAINER_APP_ENVIRONMENT, generation=apps.generation)
        )

    def app(self, key: str) -> str:
        """A container app."""
        return self.arm.container_app_id(self.naming.name(ResourceKind.CONTAINER_APP, key))
