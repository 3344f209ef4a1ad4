"""Linked services: what a factory reaches, each with an identity or a name in Key Vault, never with a secret."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pulumi
from pulumi_azure_native import authorization, datafactory

from azure_facts.arm_ids import child_id
from infra.access.grants import grant_identity
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.table import AccessScope
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.data.data_factory.databricks_credential import databricks_credential, databricks_rights
from infra.data.data_factory.factory import Factory
from infra.data.data_factory.factory_dependencies import DatabricksSide, FactoryDependencies, ServerlessSql
from infra.settings import data_factory as settings_of
from infra.settings.sources import Source, SourceKind

LAKE, KEY_VAULT, DATABRICKS, SYNAPSE = "lake", "key-vault", "databricks", "synapse"
"""Keys of the linked services that follow from the stack; sources have their own."""

_FACTORY = IdentityPurpose.DATA_FACTORY


class LinkedServices(Component):
    """Owns the linked services and the factory's rights on what they name.

    Does not own rights on sources: their owners let the factory's identity in (docs/data.md).
    """

    def __init__(
        self,
        settings: settings_of.DataFactory,
        factory: Factory,
        around: FactoryDependencies,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("data:LinkedServices", "linked-services", context, opts)
        self.factory = factory
        self.sources = around.sources
        self.services: dict[str, Reference] = {}
        """Key to linked service, usable once the factory may use what it names."""
        if around.key_vault:
            self._add(KEY_VAULT, self._key_vault(around.key_vault), self._secret_rights(around))
        if around.lake:
            self._add(LAKE, self._lake(around.lake.account), self._zone_rights(settings, around))
        if around.databricks:
            rights = databricks_rights(self, around.databricks)
            conf = around.lake.table_properties if around.lake else {}
            self._add(DATABRICKS, self._databricks(settings, around.databricks, conf), rights)
        if around.serverless_sql:
            self._add(SYNAPSE, self._serverless(around.serverless_sql), [])
        if around.ml_workspace and _calls_batch_endpoints(settings):
            self.ml_rights = self._grant(
                AccessScope.ML_WORKSPACE, around.ml_workspace, {Condition.BATCH_ENDPOINT}
            )
        else:
            self.ml_rights = []
        for key, source in around.sources.items():
            if source.kind in _SOURCES:
                self._add(key, _SOURCES[source.kind](self, source), [])
        self.register_outputs({"linked_services": sorted(self.services)})

    def _grant(
        self, kind: AccessScope, scope: Reference, conditions: set[Condition], part: str = ""
    ) -> list[authorization.RoleAssignment]:
        return grant_identity(self, _FACTORY, self.factory.principal, kind, scope, conditions, part)

    def _secret_rights(self, around: FactoryDependencies) -> list[authorization.RoleAssignment]:
        """On the secrets that sources name, and on no other of the vault: an author of pipelines reads with the
        factory's identity what it may read."""
        vault = around.key_vault
        named = {source.password_secret or source.connection_secret for source in around.sources.values()}
        return [
            right
            for name in sorted(name for name in named if name)
            if vault
            for right in self._grant(
                AccessScope.KEY_VAULT_SECRET,
                Reference(child_id(vault.id, "secrets", name), name, vault.prerequisites),
                {Condition.SOURCE_SECRET},
                part=name,
            )
        ]

    def _zone_rights(
        self, settings: settings_of.DataFactory, around: FactoryDependencies
    ) -> list[authorization.RoleAssignment]:
        """On each zone that a dataset names: to write where something is copied to, else to read."""
        written = {
            settings.datasets[activity.copy_data.to_dataset].zone
            for pipeline in settings.pipelines.values()
            for activity in pipeline.activities.values()
            if activity.copy_data
        }
        named = {dataset.zone for dataset in settings.datasets.values() if dataset.zone}
        zones = around.lake.zones if around.lake else {}
        return [
            right
            for zone in sorted(named)
            for right in self._grant(
                AccessScope.DATA_CONTAINER,
                zones[zone].container,
                {Condition.PIPELINE_WRITES if zone in written else Condition.PIPELINE_READS},
                part=zone,
            )
        ]

    def _add(
        self,
        key: str,
        properties: pulumi.Input[object],
        rights: list[authorization.RoleAssignment],
    ) -> None:
        name = self.context.naming.name(ResourceKind.DATA_FACTORY_OBJECT, key)
        service = datafactory.LinkedService(
            f"linked-service-{key}",
            factory_name=self.factory.reference.known_name,
            resource_group_name=self.context.resource_group.known_name,
            linked_service_name=name,
            properties=properties,  # pyright: ignore[reportArgumentType]  # one of the SDK's union of 130 types
            opts=self.child(depends_on=rights),
        )
        self.services[key] = Reference(f"{self.factory.reference.id}/linkedservices/{name}", name, (service,))

    def reference(self, key: str) -> datafactory.LinkedServiceReferenceArgs:
        """As datasets and activities name it."""
        return datafactory.LinkedServiceReferenceArgs(
            type="LinkedServiceReference", reference_name=self.services[key].known_name
        )

    def runtime(self) -> datafactory.IntegrationRuntimeReferenceArgs | None:
        """The runtime in the managed network; None in public mode, where Azure's own serves."""
        return None if self.context.is_public else _runtime(self.factory.managed_runtime)

    def own_runtime(self) -> datafactory.IntegrationRuntimeReferenceArgs | None:
        """The self-hosted runtime."""
        return _runtime(self.factory.self_hosted_runtime)

    def secret(self, name: str) -> datafactory.AzureKeyVaultSecretReferenceArgs:
        """A secret by its name in the platform's vault."""
        return datafactory.AzureKeyVaultSecretReferenceArgs(
            type="AzureKeyVaultSecret", secret_name=name, store=self.reference(KEY_VAULT)
        )

    def _key_vault(self, vault: Reference) -> datafactory.AzureKeyVaultLinkedServiceArgs:
        return datafactory.AzureKeyVaultLinkedServiceArgs(
            type="AzureKeyVault",
            base_url=vault.known_name.apply(lambda name: f"https://{name}.vault.azure.net/"),
            connect_via=self.runtime(),
        )

    def _lake(self, account: Reference) -> datafactory.AzureBlobFSLinkedServiceArgs:
        # A URL and nothing else means: with the factory's identity.
        return datafactory.AzureBlobFSLinkedServiceArgs(
            type="AzureBlobFS",
            url=account.known_name.apply(lambda name: f"https://{name}.dfs.core.windows.net/"),
            connect_via=self.runtime(),
        )

    def _databricks(
        self,
        settings: settings_of.DataFactory,
        databricks: DatabricksSide,
        table_properties: Mapping[str, str],
    ) -> datafactory.AzureDatabricksLinkedServiceArgs:
        cluster = settings.activity_cluster
        return datafactory.AzureDatabricksLinkedServiceArgs(
            type="AzureDatabricks",
            domain=databricks.url.apply(lambda url: f"https://{url}"),
            authentication="MSI",
            credential=databricks_credential(self, self.factory, databricks),
            workspace_resource_id=databricks.workspace.known_id,
            instance_pool_id=databricks.pool_ids[cluster.pool] if cluster else None,
            policy_id=databricks.policy_ids[cluster.policy] if cluster else None,
            new_cluster_version=cluster.runtime if cluster else None,
            new_cluster_num_of_worker=str(cluster.workers) if cluster else None,
            # Data Factory makes the cluster itself: what every other one gets from its own definition.
            new_cluster_spark_conf=dict(table_properties) if cluster and table_properties else None,
            connect_via=self.runtime(),
        )

    def _serverless(self, sql: ServerlessSql) -> datafactory.AzureSqlDWLinkedServiceArgs:
        """With the factory's identity, which owns the database (`infra.data.synapse_views`). Through the managed
        network in public mode too: the workspace's firewall lets in no address that is not listed."""
        return datafactory.AzureSqlDWLinkedServiceArgs(
            type="AzureSqlDW",
            server=sql.server,
            database=sql.database,
            authentication_type=datafactory.AzureSqlDWAuthenticationType.SYSTEM_ASSIGNED_MANAGED_IDENTITY,
            encrypt="mandatory",
            connect_via=_runtime(self.factory.managed_runtime),
        )

    def azure_sql(self, source: Source) -> datafactory.AzureSqlDatabaseLinkedServiceArgs:
        """With the factory's identity: CREATE USER [FACTORY] FROM EXTERNAL PROVIDER in the database."""
        return datafactory.AzureSqlDatabaseLinkedServiceArgs(
            type="AzureSqlDatabase",
            server=f"{source.name}.database.windows.net",
            database=source.database,
            authentication_type="SystemAssignedManagedIdentity",
            encrypt="mandatory",
            connect_via=self.runtime(),
        )

    def postgresql(self, source: Source) -> datafactory.PostgreSqlV2LinkedServiceArgs:
        """With a password from Key Vault: `PostgreSqlV2` takes nothing else. `AzurePostgreSql` takes a user-assigned
        identity by a credential of the factory, and not the factory's own (pulumi-azure-native 3.29.0)."""
        return datafactory.PostgreSqlV2LinkedServiceArgs(
            type="PostgreSqlV2",
            server=f"{source.name}.postgres.database.azure.com",
            database=source.database or "",
            username=source.username or "",
            password=self.secret(source.password_secret or ""),
            authentication_type="Basic",
            ssl_mode=3,  # require
            connect_via=self.runtime(),
        )

    def mysql(self, source: Source) -> datafactory.AzureMySqlLinkedServiceArgs:
        """With a password from Key Vault: `AzureMySql` takes no identity (pulumi-azure-native 3.29.0)."""
        server = f"{source.name}.mysql.database.azure.com"
        return datafactory.AzureMySqlLinkedServiceArgs(
            type="AzureMySql",
            connection_string=f"Server={server};Port=3306;Database={source.database};UID={source.username};"
            "SSLMode=Required;",
            password=self.secret(source.password_secret or ""),
            connect_via=self.runtime(),
        )

    def cosmos_db(self, source: Source) -> datafactory.CosmosDbLinkedServiceArgs:
        """With the factory's identity: its owner gives it Cosmos DB Built-in Data Reader."""
        return datafactory.CosmosDbLinkedServiceArgs(
            type="CosmosDb",
            account_endpoint=f"https://{source.name}.documents.azure.com:443/",
            database=source.database,
            connect_via=self.runtime(),
        )

    def odbc(self, source: Source) -> datafactory.OdbcLinkedServiceArgs:
        """Through the self-hosted runtime, with the whole connection string from Key Vault."""
        return datafactory.OdbcLinkedServiceArgs(
            type="Odbc",
            connection_string=self.secret(source.connection_secret or ""),
            authentication_type="Anonymous",
            connect_via=self.own_runtime(),
        )


_SOURCES: Mapping[SourceKind, Callable[[LinkedServices, Source], object]] = {
    SourceKind.AZURE_SQL: LinkedServices.azure_sql,
    SourceKind.POSTGRESQL: LinkedServices.postgresql,
    SourceKind.MYSQL: LinkedServices.mysql,
    SourceKind.COSMOS_DB: LinkedServices.cosmos_db,
    SourceKind.ODBC: LinkedServices.odbc,
}
"""Kinds that Data Factory copies from; a stream of Event Hubs is read by jobs."""


def _calls_batch_endpoints(settings: settings_of.DataFactory) -> bool:
    return any(
        activity.batch_endpoint
        for pipeline in settings.pipelines.values()
        for activity in pipeline.activities.values()
    )


def _runtime(runtime: Reference | None) -> datafactory.IntegrationRuntimeReferenceArgs | None:
    if runtime is None:
        return None
    return datafactory.IntegrationRuntimeReferenceArgs(
        type="IntegrationRuntimeReference", reference_name=runtime.known_name
    )
