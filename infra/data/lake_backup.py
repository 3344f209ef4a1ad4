"""The lake's second copy, in a vault that the deployer cannot empty."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
from pulumi_azure_native import dataprotection

from azure_facts.arm_ids import child_id
from azure_facts.data_lake_backup import DATASOURCE, PROXY_NAME, VAULT_REDUNDANCIES
from infra.access.grants import grant_identity
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.principal import Principal
from infra.access.table import AccessScope
from infra.component import LONG_TIMEOUTS, Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.data.lake import Lake
from infra.foundation.diagnostics import send_diagnostics
from infra.settings.recovery_backup import LakeBackup as Settings

_POLICY = "lake-daily"
_VAULT_STORE = dataprotection.DataStoreInfoBaseArgs(
    data_store_type=dataprotection.DataStoreTypes.VAULT_STORE, object_type="DataStoreInfoBase"
)
_RETENTION = "Default"
_FIRST_DAY = "2026-01-01"
"""Only the time of day counts."""


class LakeBackup(Component):
    """Owns a backup vault, its tie to the resource guard, its daily policy, and the lake's place in it.

    Does not own the lake, nor the resource guard, which another team keeps out of this deployment's reach.
    Azure cannot change later: the vault's redundancy once it holds a copy, locked immutability, soft delete that is
    always on.
    """

    def __init__(
        self, settings: Settings, lake: Lake, context: Context, opts: pulumi.ResourceOptions
    ) -> None:
        super().__init__("data:LakeBackup", "lake-backup", context, opts)
        self._settings = settings
        vault = self._vault()
        send_diagnostics(self, "lake-backup", self.vault)
        grants = grant_identity(
            self,
            IdentityPurpose.BACKUP_VAULT,
            Principal(self.vault.id, vault.identity.apply(_principal_id), "ServicePrincipal"),
            AccessScope.LAKE_ACCOUNT,
            lake.account,
            {Condition.LAKE_BACKUP},
        )
        instance = self._instance(lake, self._policy(), grants)
        if settings.resource_guard_id:
            # After the instance: a guarded vault asks for its guard when one is changed or deleted, not before.
            dataprotection.DppResourceGuardProxy(
                "lake-backup-guard",
                resource_guard_proxy_name=PROXY_NAME,
                vault_name=self.vault.known_name,
                resource_group_name=context.resource_group.known_name,
                properties=dataprotection.ResourceGuardProxyBaseArgs(
                    resource_guard_resource_id=settings.resource_guard_id
                ),
                opts=self.child(depends_on=[instance]),
            )
        self.outputs: dict[str, pulumi.Input[object]] = {
            "vault_id": self.vault.id,
            "kept_days": settings.retention_days,
        }
        self.register_outputs(self.outputs)

    def _vault(self) -> dataprotection.BackupVault:
        context, settings = self.context, self._settings
        name = context.naming.name(ResourceKind.BACKUP_VAULT)
        vault = dataprotection.BackupVault(
            "lake-backup-vault",
            vault_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            identity=dataprotection.DppIdentityDetailsArgs(type="SystemAssigned"),
            properties=dataprotection.BackupVaultArgs(
                storage_settings=[
                    dataprotection.StorageSettingArgs(
                        datastore_type=dataprotection.StorageSettingStoreTypes.VAULT_STORE,
                        type=VAULT_REDUNDANCIES[settings.redundancy],
                    )
                ],
                security_settings=dataprotection.SecuritySettingsArgs(
                    immutability_settings=dataprotection.ImmutabilitySettingsArgs(
                        state=settings.immutability.title()
                    ),
                    soft_delete_settings=dataprotection.SoftDeleteSettingsArgs(
                        state=dataprotection.SoftDeleteState.ALWAYS_ON,
                        retention_duration_in_days=settings.soft_delete_days,
                    ),
                ),
                # A restore into another subscription would carry the lake out of the environment.
                feature_settings=dataprotection.FeatureSettingsArgs(
                    cross_subscription_restore_settings=dataprotection.CrossSubscriptionRestoreSettingsArgs(
                        state=dataprotection.CrossSubscriptionRestoreState.DISABLED
                    )
                ),
                monitoring_settings=dataprotection.MonitoringSettingsArgs(
                    azure_monitor_alert_settings=dataprotection.AzureMonitorAlertSettingsArgs(
                        alerts_for_all_job_failures=dataprotection.AlertsState.ENABLED
                    )
                ),
            ),
            tags=self.tags,
            opts=self.stateful_child(),
        )
        vault_id = context.arm.resource_id("Microsoft.DataProtection", "backupVaults", name)
        self.verify(vault_id, vault)
        self.vault = Reference(vault_id, name, (vault,))
        return vault

    def _policy(self) -> Reference:
        settings = self._settings
        kept = dataprotection.AzureRetentionRuleArgs(
            object_type="AzureRetentionRule",
            name=_RETENTION,
            is_default=True,
            lifecycles=[
                dataprotection.SourceLifeCycleArgs(
                    delete_after=dataprotection.AbsoluteDeleteOptionArgs(
                        object_type="AbsoluteDeleteOption", duration=f"P{settings.retention_days}D"
                    ),
                    source_data_store=_VAULT_STORE,
                    target_data_store_copy_settings=[],
                )
            ],
        )
        daily = dataprotection.AzureBackupRuleArgs(
            object_type="AzureBackupRule",
            name="BackupDaily",
            data_store=_VAULT_STORE,
            backup_parameters=dataprotection.AzureBackupParamsArgs(
                object_type="AzureBackupParams", backup_type="Discrete"
            ),
            trigger=dataprotection.ScheduleBasedTriggerContextArgs(
                object_type="ScheduleBasedTriggerContext",
                schedule=dataprotection.BackupScheduleArgs(
                    repeating_time_intervals=[f"R/{_FIRST_DAY}T{settings.starts_at}:00+00:00/P1D"],
                    time_zone="UTC",
                ),
                tagging_criteria=[
                    dataprotection.TaggingCriteriaArgs(
                        is_default=True,
                        tagging_priority=99,
                        tag_info=dataprotection.RetentionTagArgs(tag_name=_RETENTION),
                    )
                ],
            ),
        )
        policy = dataprotection.BackupPolicy(
            "lake-backup-policy",
            backup_policy_name=_POLICY,
            vault_name=self.vault.known_name,
            resource_group_name=self.context.resource_group.known_name,
            properties=dataprotection.BackupPolicyArgs(
                object_type="BackupPolicy", datasource_types=[DATASOURCE], policy_rules=[kept, daily]
            ),
            opts=self.child(),
        )
        policy_id = child_id(self.vault.id, "backupPolicies", _POLICY)
        self.verify(policy_id, policy)
        return Reference(policy_id, _POLICY, (policy,))

    def _instance(
        self, lake: Lake, policy: Reference, grants: Sequence[pulumi.CustomResource]
    ) -> dataprotection.BackupInstance:
        """Every zone by name: a container that appears later is not copied until it is listed too."""
        account = lake.account
        source = {
            "resource_id": account.known_id,
            "resource_uri": account.known_id,
            "resource_name": account.known_name,
            "resource_type": "Microsoft.Storage/storageAccounts",
            "resource_location": self.context.azure.location,
            "datasource_type": DATASOURCE,
        }
        return dataprotection.BackupInstance(
            "lake-backup-instance",
            backup_instance_name=account.known_name,
            vault_name=self.vault.known_name,
            resource_group_name=self.context.resource_group.known_name,
            properties=dataprotection.BackupInstanceArgs(
                object_type="BackupInstance",
                friendly_name=account.known_name,
                data_source_info=dataprotection.DatasourceArgs(object_type="Datasource", **source),
                data_source_set_info=dataprotection.DatasourceSetArgs(object_type="DatasourceSet", **source),
                policy_info=dataprotection.PolicyInfoArgs(
                    policy_id=policy.known_id,
                    policy_parameters=dataprotection.PolicyParametersArgs(
                        backup_datasource_parameters_list=[
                            dataprotection.BlobBackupDatasourceParametersArgs(
                                # The word for lakes too (azure_facts.data_lake_backup, TEMPLATE).
                                object_type="BlobBackupDatasourceParameters",
                                containers_list=[zone.container.known_name for zone in lake.zones.values()],
                            )
                        ]
                    ),
                ),
            ),
            tags=self.tags,
            opts=self.stateful_child(
                depends_on=grants,
                custom_timeouts=LONG_TIMEOUTS,
                retry="azure-native:dataprotection:BackupInstance",
            ),
        )


def _principal_id(identity: dataprotection.outputs.DppIdentityDetailsResponse | None) -> str:
    if identity is None or identity.principal_id is None:
        raise pulumi.RunError("the backup vault came back without an identity")
    return identity.principal_id
