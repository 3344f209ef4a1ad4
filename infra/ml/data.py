"""Datastores and data assets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_azure_native import authorization, machinelearningservices

from azure_facts.arm_id_parsing import parse_arm_id
from azure_facts.arm_ids import child_id
from infra.access.grants import grant_identity
from infra.access.identity import Identity
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.table import AccessScope
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.data.lake import Lake
from infra.ml.workspace import Workspace
from infra.settings import ml_data as settings_of
from infra.settings.ml import WORKSPACE_BLOB_STORE


class Datastores(Component):
    """Owns the names under which jobs find the lake's zones and containers of other accounts, and who may read them:
    the identity that jobs run as, and the workspace's own, with which the studio shows what is in a datastore.

    Does not own accounts or containers. Azure cannot change later: account and container.
    """

    def __init__(
        self,
        settings: Mapping[str, settings_of.Datastore],
        workspace: Workspace,
        training: Identity | None,
        lake: Lake | None,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        """`training` is the identity that jobs run as; None without training clusters."""
        super().__init__("ml:Datastores", "ml-datastores", context, opts)
        self.workspace = workspace.reference
        self.containers = {key: _container(datastore, lake) for key, datastore in settings.items()}
        readers = [(IdentityPurpose.ML_WORKSPACE, workspace.identity)]
        readers += [(IdentityPurpose.ML_COMPUTE, training)] if training else []
        granted = self._grant(settings, readers)
        self.datastores: Mapping[str, Reference] = {
            key: self._datastore(key, datastore, granted.get(self.containers[key].id.lower(), ()))
            for key, datastore in settings.items()
        }
        self.register_outputs({"datastores": sorted(settings)})

    def _grant(
        self,
        settings: Mapping[str, settings_of.Datastore],
        readers: Sequence[tuple[IdentityPurpose, Identity]],
    ) -> Mapping[str, Sequence[authorization.RoleAssignment]]:
        """Once for each container, with the most that any of its datastores asks."""
        wanted: dict[str, tuple[str, Condition]] = {}
        for key, datastore in settings.items():
            container = self.containers[key].id.lower()
            if datastore.access is settings_of.DatastoreAccess.WRITE:
                wanted[container] = (key, Condition.WRITTEN_DATASTORE)
            elif datastore.access is settings_of.DatastoreAccess.READ:
                wanted.setdefault(container, (key, Condition.READ_DATASTORE))
        return {
            lowered: [
                right
                for purpose, identity in readers
                for right in grant_identity(
                    self,
                    purpose,
                    identity.principal,
                    AccessScope.DATA_CONTAINER,
                    self.containers[key],
                    {Condition.DATASTORE, condition},
                    part=key,
                )
            ]
            for lowered, (key, condition) in wanted.items()
        }

    def _datastore(
        self, key: str, settings: settings_of.Datastore, granted: Sequence[authorization.RoleAssignment]
    ) -> Reference:
        name = self.context.naming.name(ResourceKind.ML_DATASTORE, key)
        datastore = machinelearningservices.Datastore(
            f"ml-datastore-{key}",
            name=name,
            resource_group_name=self.context.resource_group.known_name,
            workspace_name=self.workspace.known_name,
            properties=_properties(settings, self.containers[key]),
            # The check would use the deployer's rights on the data, which it has not got.
            skip_validation=True,
            opts=self.child(
                depends_on=granted,
                immutable=["properties.accountName", "properties.filesystem", "properties.containerName"],
            ),
        )
        datastore_id = child_id(self.workspace.id, "datastores", name)
        self.verify(datastore_id, datastore)
        return Reference(datastore_id, name, (datastore,))


def _container(settings: settings_of.Datastore, lake: Lake | None) -> Reference:
    """A container has an id of this form in accounts with and without a hierarchical namespace.

    Raises `pulumi.RunError` for a place that settings should have refused.
    """
    if settings.zone and lake:
        return lake.zones[settings.zone].container
    if settings.account_id is None or settings.container is None:
        raise pulumi.RunError("a datastore in no zone and no account")
    container = child_id(settings.account_id, "blobServices", "default", "containers", settings.container)
    return Reference.to_existing(container)


def _properties(
    settings: settings_of.Datastore, container: Reference
) -> machinelearningservices.AzureDataLakeGen2DatastoreArgs | machinelearningservices.AzureBlobDatastoreArgs:
    account = parse_arm_id(container.id.partition("/blobServices/")[0])
    identity = machinelearningservices.ServiceDataAccessAuthIdentity.WORKSPACE_USER_ASSIGNED_IDENTITY
    credentials = _credentials(settings)
    if settings.kind is settings_of.DatastoreKind.DATA_LAKE:
        return machinelearningservices.AzureDataLakeGen2DatastoreArgs(
            datastore_type="AzureDataLakeGen2",
            account_name=account.name,
            filesystem=container.known_name,
            credentials=credentials,
            service_data_access_auth_identity=identity,
            resource_group=account.resource_group,
            subscription_id=account.subscription,
            description=settings.description or None,
        )
    return machinelearningservices.AzureBlobDatastoreArgs(
        datastore_type="AzureBlob",
        account_name=account.name,
        container_name=container.known_name,
        credentials=credentials,
        service_data_access_auth_identity=identity,
        resource_group=account.resource_group,
        subscription_id=account.subscription,
        description=settings.description or None,
    )


def _credentials(
    settings: settings_of.Datastore,
) -> (
    machinelearningservices.NoneDatastoreCredentialsArgs | machinelearningservices.SasDatastoreCredentialsArgs
):
    if settings.sas_token is None:
        return machinelearningservices.NoneDatastoreCredentialsArgs(credentials_type="None")
    return machinelearningservices.SasDatastoreCredentialsArgs(
        credentials_type="Sas",
        secrets=machinelearningservices.SasDatastoreSecretsArgs(
            secrets_type="Sas", sas_token=pulumi.Output.secret(settings.sas_token.get_secret_value())
        ),
    )


class DataAssets(Component):
    """Owns versions of data assets: names for paths. Does not own the data.

    Azure cannot change a version later: what changes is a new version beside it.
    """

    def __init__(
        self,
        settings: Mapping[str, settings_of.DataAsset],
        workspace: Reference,
        datastores: Mapping[str, Reference],
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("ml:DataAssets", "ml-data-assets", context, opts)
        born = Reference(
            child_id(workspace.id, "datastores", WORKSPACE_BLOB_STORE),
            WORKSPACE_BLOB_STORE,
            workspace.prerequisites,
        )
        self.versions: dict[tuple[str, str], Reference] = {}
        for key, asset in settings.items():
            for version, path in asset.versions.items():
                store = datastores.get(asset.datastore, born)
                self.versions[key, version] = self._make_version(key, version, path, asset, store, workspace)
        self.register_outputs({"data_assets": sorted(settings)})

    def _make_version(
        self,
        key: str,
        version: str,
        path: str,
        settings: settings_of.DataAsset,
        datastore: Reference,
        workspace: Reference,
    ) -> Reference:
        name = self.context.naming.name(ResourceKind.ML_ASSET, key)
        kinds = {
            settings_of.DataAssetKind.FILE: machinelearningservices.UriFileDataVersionArgs,
            settings_of.DataAssetKind.FOLDER: machinelearningservices.UriFolderDataVersionArgs,
            settings_of.DataAssetKind.TABLE: machinelearningservices.MLTableDataArgs,
        }
        data = machinelearningservices.DataVersion(
            f"ml-data-{key}-{version}",
            name=name,
            version=version,
            resource_group_name=self.context.resource_group.known_name,
            workspace_name=workspace.known_name,
            properties=kinds[settings.kind](
                data_type=settings.kind.value,
                data_uri=self._uri(datastore, workspace, path),
                description=settings.description or None,
                tags=self.tags,
            ),
            opts=self.child(immutable=["properties.dataUri", "properties.dataType"]),
        )
        version_id = child_id(workspace.id, "data", name, "versions", version)
        self.verify(version_id, data)
        return Reference(version_id, name, (data,))

    def _uri(self, datastore: Reference, workspace: Reference, path: str) -> pulumi.Output[str]:
        """The long form, which is the same for every reader (learn.microsoft.com how-to-read-write-data-v2)."""
        context = self.context
        uri = (
            f"azureml://subscriptions/{context.azure.subscription_id}/resourcegroups/{context.resource_group.name}"
            f"/workspaces/{workspace.name}/datastores/{datastore.name}/paths/{path}"
        )
        return Reference(uri, datastore.name, datastore.prerequisites).known_id
