"""The data lake: the account, its zones, who may read and write each, and what age does to landing files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pulumi
from pulumi_azure_native import storage

from azure_facts.arm_ids import child_id
from infra.access.grants import grant_personas
from infra.access.table import LAKE_SCOPES
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.foundation.diagnostics import send_diagnostics
from infra.foundation.encryption import CustomerManagedKey
from infra.foundation.lock import lock
from infra.foundation.private_link import PrivateLink, private_endpoint
from infra.foundation.storage_encryption import (
    ENCRYPTION_AT_CREATION,
    storage_encryption,
    storage_identity,
)
from infra.settings import lake as settings_of


@dataclass(frozen=True)
class LakeZone:
    """A filesystem as its users see it."""

    account: Reference
    container: Reference
    """The container's ARM id, on which rights are granted; its name is the filesystem's."""
    immutable: bool = False
    """Whether a file that is there can never be written again, not even by its author."""

    @property
    def url(self) -> str:
        """For Spark and Data Factory, without a slash at the end."""
        return f"abfss://{self.container.name}@{self.account.name}.dfs.core.windows.net"


class Lake(Component):
    """Owns the account, the zones, the personas' access to each, and lifecycle rules on landing folders.

    Does not own tables, nor the rights of programs: who works on a zone grants itself by the identity table.
    There is no point-in-time restore, no versioning and no change feed with a hierarchical namespace
    (learn.microsoft.com storage-feature-support-in-storage-accounts), and soft delete does not keep what is
    overwritten. Deleted files come back from soft delete, or from the vault where there is a backup; overwritten rows
    from a Delta table's history; overwritten files from the vault alone (docs/recovery.md).
    Azure cannot change later: name, location, the namespace, and a zone's name.
    """

    def __init__(
        self,
        settings: settings_of.Lake,
        key: CustomerManagedKey | None,
        context: Context,
        opts: pulumi.ResourceOptions,
        *,
        read_by_synapse: bool = False,
    ) -> None:
        """`read_by_synapse`: the account's firewall lets the Synapse workspaces of the resource group in."""
        super().__init__("data:Lake", "lake", context, opts)
        self.read_by_synapse = read_by_synapse
        self.is_given = settings.existing_resource_id is not None
        self.table_properties = _table_properties(settings.table_history_days, plain=read_by_synapse)
        if settings.existing_resource_id:
            self.account = Reference.to_existing(settings.existing_resource_id)
        else:
            self.account = self._account(settings, key)
        for part, link in (("blob", PrivateLink.STORAGE_BLOB), ("dfs", PrivateLink.STORAGE_DFS)):
            private_endpoint(self, f"lake-{part}", self.account, link)
        self.zones: Mapping[str, LakeZone] = {
            zone: LakeZone(
                self.account,
                self._filesystem(zone, made=not settings.existing_resource_id),
                immutable=of_zone.immutable_days is not None,
            )
            for zone, of_zone in settings.zones.items()
        }
        for zone, of_zone in settings.zones.items():
            self._guard(zone, of_zone)
        self._lifecycle(settings)
        self.outputs: dict[str, pulumi.Input[object]] = {
            "storage_account_id": self.account.id,
            "dfs_endpoint": f"https://{self.account.name}.dfs.core.windows.net/",
            "zones": {zone: item.url for zone, item in self.zones.items()},
        }
        self.register_outputs(self.outputs)

    def _account(self, settings: settings_of.Lake, key: CustomerManagedKey | None) -> Reference:
        context = self.context
        name = context.naming.name(ResourceKind.DATA_LAKE, generation=settings.generation)
        account_id = context.arm.storage_account_id(name)
        account = storage.StorageAccount(
            "lake",
            account_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            kind=storage.Kind.STORAGE_V2,
            sku=storage.SkuArgs(name=settings.redundancy),
            is_hns_enabled=True,
            access_tier=storage.AccessTier.HOT,
            allow_blob_public_access=False,
            allow_cross_tenant_replication=False,
            allow_shared_key_access=False,
            default_to_o_auth_authentication=True,
            enable_https_traffic_only=True,
            is_sftp_enabled=False,
            is_local_user_enabled=False,
            minimum_tls_version=storage.MinimumTlsVersion.TLS1_2,
            identity=storage_identity(key),
            encryption=storage_encryption(key),
            public_network_access=context.public_access,
            network_rule_set=storage.NetworkRuleSetArgs(
                # As for the ML workspace's account: who calls cannot be listed, and every call carries an identity.
                default_action=(
                    storage.DefaultAction.ALLOW if context.is_public else storage.DefaultAction.DENY
                ),
                # Storage events for triggers come from Event Grid, a trusted service.
                bypass=storage.Bypass.AZURE_SERVICES,
                resource_access_rules=self._resource_access_rules(),
            ),
            tags=self.tags,
            opts=self.stateful_child(immutable=["isHnsEnabled", *ENCRYPTION_AT_CREATION]),
        )
        self.verify(account_id, account)
        reference = Reference(account_id, name, (account,))
        blobs = self._recovery(reference)
        lock(self, "lake", reference)
        service_id = child_id(account_id, "blobServices", "default")
        send_diagnostics(self, "lake-blob", Reference(service_id, "default", (blobs,)))
        return reference.after(blobs)

    def _resource_access_rules(self) -> list[storage.ResourceAccessRuleArgs] | None:
        """SQL of Synapse is outside its managed network, and outside ours: it comes in by what it is (learn.
        microsoft.com synapse-analytics connect-to-a-secure-storage-account). Such rules also hold while public
        access is disabled (learn.microsoft.com storage-network-security, change the default network access rule).

        The whole group's, because the account is made first, before the workspace that its rule would name.
        """
        context = self.context
        if context.is_public or not self.read_by_synapse:
            return None
        return [
            storage.ResourceAccessRuleArgs(
                tenant_id=context.azure.tenant_id,
                resource_id=f"{context.resource_group.id}/providers/Microsoft.Synapse/workspaces/*",
            )
        ]

    def _recovery(self, account: Reference) -> storage.BlobServiceProperties:
        """Deleted files, and zones deleted whole, can be brought back."""
        retention = storage.DeleteRetentionPolicyArgs(
            enabled=True, days=self.context.recovery.soft_delete_days
        )
        return storage.BlobServiceProperties(
            "lake-blobs",
            account_name=account.known_name,
            blob_services_name="default",
            resource_group_name=self.context.resource_group.known_name,
            delete_retention_policy=retention,
            container_delete_retention_policy=retention,
            opts=self.child(),
        )

    def _filesystem(self, zone: str, *, made: bool) -> Reference:
        container_id = child_id(self.account.id, "blobServices", "default", "containers", zone)
        if not made:
            return Reference(container_id, zone)
        container = storage.BlobContainer(
            f"lake-zone-{zone}",
            container_name=zone,
            account_name=self.account.known_name,
            resource_group_name=self.context.resource_group.known_name,
            public_access=storage.PublicAccess.NONE,
            opts=self.stateful_child(),
        )
        self.verify(container_id, container)
        return Reference(container_id, zone, (container,))

    def _guard(self, zone: str, settings: settings_of.Zone) -> None:
        """Who may open the zone, and whether its files can be changed."""
        content = settings_of.content_of(zone, settings)
        if content is None:
            raise pulumi.RunError(f"lake.zones.{zone}.holds: is missing")
        container = self.zones[zone].container
        grant_personas(self, LAKE_SCOPES[content], container, part="" if zone == content else zone)
        if settings.immutable_days:
            storage.BlobContainerImmutabilityPolicy(
                f"lake-zone-{zone}-immutable",
                account_name=self.account.known_name,
                container_name=container.known_name,
                immutability_policy_name="default",
                resource_group_name=self.context.resource_group.known_name,
                immutability_period_since_creation_in_days=settings.immutable_days,
                # Data Factory and Spark write a new file by appending to it, which is refused otherwise
                # (azure_facts.immutable_storage, APPENDS).
                allow_protected_append_writes_all=True,
                # Unlocked: an owner may still shorten it. Locking cannot be undone and is done by hand
                # (docs/recovery.md).
                opts=self.stateful_child(),
            )

    def _lifecycle(self, settings: settings_of.Lake) -> None:
        rules = [
            storage.ManagementPolicyRuleArgs(
                name=f"landing-{zone}",
                enabled=True,
                type=storage.RuleType.LIFECYCLE,
                definition=storage.ManagementPolicyDefinitionArgs(
                    filters=storage.ManagementPolicyFilterArgs(
                        blob_types=["blockBlob"],
                        prefix_match=[f"{zone}/{folder}/" for folder in of_zone.landing_folders],
                    ),
                    actions=storage.ManagementPolicyActionArgs(base_blob=_by_age(of_zone)),
                ),
            )
            for zone, of_zone in _cleared(settings)
        ]
        if rules:
            storage.ManagementPolicy(
                "lake-lifecycle",
                account_name=self.account.known_name,
                management_policy_name="default",
                resource_group_name=self.context.resource_group.known_name,
                policy=storage.ManagementPolicySchemaArgs(rules=rules),
                opts=self.child(),
            )


def _cleared(settings: settings_of.Lake) -> Iterator[tuple[str, settings_of.Zone]]:
    for zone, of_zone in settings.zones.items():
        if of_zone.cool_landing_after_days or of_zone.delete_landing_after_days:
            yield zone, of_zone


def _by_age(zone: settings_of.Zone) -> storage.ManagementPolicyBaseBlobArgs:
    def after(days: int | None) -> storage.DateAfterModificationArgs | None:
        return storage.DateAfterModificationArgs(days_after_modification_greater_than=days) if days else None

    return storage.ManagementPolicyBaseBlobArgs(
        tier_to_cool=after(zone.cool_landing_after_days), delete=after(zone.delete_landing_after_days)
    )


def _table_properties(days: int, *, plain: bool) -> Mapping[str, str]:
    """Spark configuration with which new Delta tables keep their history (docs.delta.io table-properties).

    `plain`: without deletion vectors, which Databricks switches on and serverless SQL of Synapse cannot read ("Content
    of directory on path '…/_delta_log/*.*' cannot be listed").
    """
    default = "spark.databricks.delta.properties.defaults"
    history = {
        f"{default}.logRetentionDuration": f"interval {days} days",
        f"{default}.deletedFileRetentionDuration": f"interval {days} days",
    }
    return {**history, f"{default}.enableDeletionVectors": "false"} if plain else history
