"""Unity Catalog: the way to storage, catalogs, schemas, views, volumes, models, and who may read them.

Everything here lives in the account's metastore and outlasts the workspace: none of it is deleted or made anew
with the workspace, which would orphan it there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_databricks
from pulumi_azure_native import authorization

from azure_facts.arm_ids import child_id
from infra.access.grants import Principal, grant_identity
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.table import AccessScope
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.known import known
from infra.conventions.name_rules import ResourceKind
from infra.data.lake import Lake, LakeZone
from infra.databricks.catalog_grants import CatalogGrants
from infra.databricks.catalog_tables import CatalogTables, object_name
from infra.databricks.content import ANY_OBJECT
from infra.databricks.warehouses import Warehouses
from infra.databricks.workspace import Workspace
from infra.settings.databricks import unity_catalog as settings_of


class UnityCatalog(Component):
    """Owns the storage credential, the locations, and everything in the catalogs that this stack names.

    Does not own the metastore (an account admin's), the storage accounts, or tables that jobs make.
    Databricks cannot change later: names, a catalog's storage.
    """

    def __init__(
        self,
        settings: settings_of.UnityCatalog,
        owner: pulumi.Output[str] | None,
        grants: CatalogGrants,
        warehouses: Warehouses,
        lake: Lake | None,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        """`owner`: the group that everything here belongs to."""
        super().__init__("databricks:UnityCatalog", "unity-catalog", context, opts)
        self.owner = owner
        self.workspace = workspace
        self.grants = grants
        self.models: list[pulumi.CustomResource] = []
        """Registered models: what serving waits for."""
        self.volumes: dict[str, pulumi.CustomResource] = {}
        """Path to volume: what a job's trigger waits for."""
        self.locations: dict[str, pulumi_databricks.ExternalLocation] = {}
        zones = lake.zones if lake else {}
        self.table_properties = _delta_properties(lake.table_properties if lake else {})
        locations = {key: _placed(location, zones) for key, location in settings.external_locations.items()}
        self._let_read_storage(locations, zones)
        self._locations(locations)
        warehouse = warehouses.warehouses.get(settings.view_warehouse or "")
        self.catalog_names = {key: self._catalog_name(key) for key in settings.catalogs}
        for key, catalog in settings.catalogs.items():
            self._catalog(key, catalog, locations, warehouse)
        self.register_outputs({"catalogs": sorted(self.catalog_names.values())})

    def metastore_object(
        self,
        *,
        depends_on: Sequence[pulumi.Resource] = (),
        stateful: bool = False,
        retry: str = ANY_OBJECT,
    ) -> pulumi.ResourceOptions:
        """Options of an object in the metastore; protected where it holds data."""
        make = self.stateful_child if stateful else self.child
        options = make(depends_on=[*self.workspace.federated, *depends_on], retry=retry)
        options.provider = self.workspace.provider
        return options

    def _let_read_storage(
        self, locations: Mapping[str, settings_of.ExternalLocation], zones: Mapping[str, LakeZone]
    ) -> None:
        """The connector's right on each container, before a location is checked against it."""
        connector = self.workspace.connector
        principal = Principal(connector.id, self.workspace.connector_principal_id, "ServicePrincipal")
        containers: dict[str, bool] = {}
        for location in locations.values():
            account, name = location.storage_account_id or "", location.container or ""
            container = child_id(account, "blobServices", "default", "containers", name)
            containers[container] = containers.get(container, True) and location.read_only
        ours = {zone.container.id: zone.container for zone in zones.values()}
        self.rights: list[authorization.RoleAssignment] = [
            right
            for container, read_only in containers.items()
            for right in grant_identity(
                self,
                IdentityPurpose.DATABRICKS_CONNECTOR,
                principal,
                AccessScope.DATA_CONTAINER,
                ours.get(container, Reference.to_existing(container)),
                {Condition.READ_LOCATION if read_only else Condition.WRITTEN_LOCATION},
                part=f"{'lake' if container in ours else container.split('/')[-5]}-{container.split('/')[-1]}",
            )
        ]

    def _locations(self, locations: Mapping[str, settings_of.ExternalLocation]) -> None:
        if not locations:
            return
        name = self._metastore_name("connector")
        credential = pulumi_databricks.StorageCredential(
            "unity-catalog-storage-credential",
            name=name,
            azure_managed_identity=pulumi_databricks.StorageCredentialAzureManagedIdentityArgs(
                access_connector_id=self.workspace.connector.known_id
            ),
            isolation_mode="ISOLATION_MODE_ISOLATED",
            owner=self.owner,
            comment="The workspace's access connector",
            opts=self.metastore_object(depends_on=[*self.rights]),
        )
        for key, location in locations.items():
            self.locations[key] = pulumi_databricks.ExternalLocation(
                f"unity-catalog-location-{key}",
                name=self._metastore_name(key),
                url=location.url,
                credential_name=known(name, credential),
                read_only=location.read_only,
                # Checked by reading a file, of which a new container has none (databricks/cli issue 1063).
                skip_validation=True if location.read_only and location.zone else None,
                isolation_mode="ISOLATION_MODE_ISOLATED",
                owner=self.owner,
                opts=self.metastore_object(retry="databricks:index/externalLocation:ExternalLocation"),
            )
            self.grants.apply(
                self,
                f"location-{key}",
                "external_location",
                self.locations[key].name,
                location.grants,
                location.jobs_may,
            )

    def _catalog(
        self,
        key: str,
        settings: settings_of.Catalog,
        locations: Mapping[str, settings_of.ExternalLocation],
        warehouse: pulumi_databricks.SqlEndpoint | None,
    ) -> None:
        name = self.catalog_names[key]
        root = f"{locations[settings.external_location].url.rstrip('/')}/{settings.path}"
        catalog = pulumi_databricks.Catalog(
            f"unity-catalog-{key}",
            name=name,
            comment=settings.comment,
            # A metastore that Azure made has no storage of its own: left out, creation fails.
            storage_root=known(root, self.locations[settings.external_location]),
            isolation_mode="ISOLATED" if settings.isolated else "OPEN",
            owner=self.owner,
            opts=self.metastore_object(stateful=True),
        )
        for other, number in settings.bound_workspaces.items():
            # The workspace that makes an isolated catalog is bound to it already.
            pulumi_databricks.WorkspaceBinding(
                f"unity-catalog-{key}-for-{other}",
                securable_name=known(name, catalog),
                securable_type="catalog",
                workspace_id=number,
                binding_type="BINDING_TYPE_READ_ONLY",
                opts=self.metastore_object(),
            )
        self.grants.apply(self, key, "catalog", known(name, catalog), settings.grants, settings.jobs_may)
        schemas = {
            schema_key: self._schema(
                f"{key}-{schema_key}", schema_key, schema, known(name, catalog), name, locations
            )
            for schema_key, schema in settings.schemas.items()
        }
        if warehouse:
            tables = CatalogTables(self, name, warehouse)
            for schema_key, schema in settings.schemas.items():
                tables.tables(f"{key}-{schema_key}", schema.tables, schemas[schema_key], locations)
            for schema_key, schema in settings.schemas.items():
                tables.views(f"{key}-{schema_key}", schema.views, schemas[schema_key])

    def _schema(
        self,
        label: str,
        key: str,
        settings: settings_of.Schema,
        catalog: pulumi.Output[str],
        catalog_name: str,
        locations: Mapping[str, settings_of.ExternalLocation],
    ) -> pulumi_databricks.Schema:
        name = object_name(key)
        schema = pulumi_databricks.Schema(
            f"unity-catalog-schema-{label}",
            catalog_name=catalog,
            name=name,
            owner=self.owner,
            comment=settings.comment,
            opts=self.metastore_object(stateful=True),
        )
        inside = known(name, schema)
        full = f"{catalog_name}.{name}"
        self.grants.apply(self, label, "schema", known(full, schema), settings.grants, settings.jobs_may)
        for volume_key, volume in settings.volumes.items():
            self._volume(f"{label}-{volume_key}", volume_key, volume, (catalog, inside, full), locations)
        for model, comment in settings.registered_models.items():
            self.models.append(
                pulumi_databricks.RegisteredModel(
                    f"unity-catalog-model-{label}-{model}",
                    catalog_name=catalog,
                    schema_name=inside,
                    name=object_name(model),
                    owner=self.owner,
                    comment=comment,
                    opts=self.metastore_object(stateful=True),
                )
            )
        return schema

    def _volume(
        self,
        label: str,
        key: str,
        settings: settings_of.Volume,
        place: tuple[pulumi.Output[str], pulumi.Output[str], str],
        locations: Mapping[str, settings_of.ExternalLocation],
    ) -> None:
        catalog, schema, full_schema = place
        external = settings.external_location
        root = self.place(locations, external, settings.path) if external else None
        volume = pulumi_databricks.Volume(
            f"unity-catalog-volume-{label}",
            catalog_name=catalog,
            schema_name=schema,
            name=object_name(key),
            volume_type="EXTERNAL" if external else "MANAGED",
            storage_location=root,
            owner=self.owner,
            comment=settings.comment,
            opts=self.metastore_object(stateful=True),
        )
        dotted = f"{full_schema}.{object_name(key)}"
        self.volumes["/Volumes/" + dotted.replace(".", "/")] = volume
        full = known(dotted, volume)
        self.grants.apply(self, label, "volume", full, settings.grants)

    def place(
        self, locations: Mapping[str, settings_of.ExternalLocation], key: str, path: str
    ) -> pulumi.Output[str]:
        """The address of a folder below a location, usable once the location is there."""
        return known(f"{locations[key].url.rstrip('/')}/{path}", self.locations[key])

    def _metastore_name(self, key: str) -> str:
        """Metastore-wide names are shared with every workspace of the region: they show the environment."""
        return self.context.naming.name(ResourceKind.UNITY_CATALOG_OBJECT, key)

    def _catalog_name(self, key: str) -> str:
        return self._metastore_name(key)


def _delta_properties(spark_conf: Mapping[str, str]) -> Mapping[str, str]:
    """As properties of a table what clusters have as defaults in their Spark configuration: a SQL warehouse, on which
    tables of settings are made, takes none of it."""
    return {f"delta.{key.rpartition('.')[2]}": value for key, value in spark_conf.items()}


def _placed(
    location: settings_of.ExternalLocation, zones: Mapping[str, LakeZone]
) -> settings_of.ExternalLocation:
    """A location in one of this stack's zones, with the account and container that it is in."""
    if location.zone is None:
        return location
    zone = zones[location.zone]
    return location.model_copy(
        update={"storage_account_id": zone.account.id, "container": zone.container.name}
    )
