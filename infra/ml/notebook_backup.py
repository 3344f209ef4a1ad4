"""A backup of the file share that holds people's notebooks."""

from __future__ import annotations

import pulumi
from pulumi_azure_native import recoveryservices

from azure_facts.arm_id_parsing import parse_arm_id
from azure_facts.arm_ids import child_id
from infra.component import LONG_TIMEOUTS, Component
from infra.context import Context, Reference
from infra.conventions.known import known
from infra.conventions.name_rules import ResourceKind
from infra.foundation.diagnostics import send_diagnostics

NOTEBOOK_SHARE = "code-391ff5ac-6576-460f-ba4d-7e03433c68b6"
"""Azure ML gives the share this name in every workspace (datastore workspaceworkingdirectory)."""

FABRIC = "Azure"
BACKUP_TIME = "2026-01-01T02:00:00Z"
"""Only the time of day counts: 02:00 UTC."""


class NotebookBackup(Component):
    """Owns a recovery vault with its logs, its daily policy, and the share's place in it. Does not own the share.

    Opt-in (`recovery.notebook_backup`): share soft delete brings back a deleted share, a backup also a file that was
    overwritten. A vault with items in it cannot be deleted: stop the backup and delete its data first.
    """

    def __init__(
        self, storage_account: Reference, workspace: Reference, context: Context, opts: pulumi.ResourceOptions
    ) -> None:
        """`workspace` makes the share, so the backup follows it."""
        super().__init__("ml:NotebookBackup", "notebook-backup", context, opts)
        vault = self._vault()
        policy = self._policy(vault)
        self._protect_share(vault, policy, storage_account, workspace)
        self.register_outputs({"vault_id": vault.id})

    def _vault(self) -> Reference:
        context = self.context
        name = context.naming.name(ResourceKind.RECOVERY_VAULT)
        vault = recoveryservices.Vault(
            "notebook-backup-vault",
            vault_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            sku=recoveryservices.SkuArgs(name=recoveryservices.SkuName.RS0, tier="Standard"),
            properties=recoveryservices.VaultPropertiesArgs(
                public_network_access=context.public_access,
                # In the portal; who is told by mail is told by the alert on the vault's jobs (infra/monitoring).
                monitoring_settings=recoveryservices.MonitoringSettingsArgs(
                    azure_monitor_alert_settings=recoveryservices.AzureMonitorAlertSettingsArgs(
                        alerts_for_all_job_failures=recoveryservices.AlertsState.ENABLED
                    ),
                    classic_alert_settings=recoveryservices.ClassicAlertSettingsArgs(
                        alerts_for_critical_operations=recoveryservices.AlertsState.DISABLED
                    ),
                ),
            ),
            tags=self.tags,
            opts=self.stateful_child(),
        )
        vault_id = context.arm.resource_id("Microsoft.RecoveryServices", "vaults", name)
        self.verify(vault_id, vault)
        reference = Reference(vault_id, name, (vault,))
        send_diagnostics(self, "notebook-backup-vault", reference)
        return reference

    def _policy(self, vault: Reference) -> Reference:
        name = "daily"
        days = self.context.recovery.soft_delete_days
        policy = recoveryservices.ProtectionPolicy(
            "notebook-backup-policy",
            policy_name=name,
            vault_name=vault.known_name,
            resource_group_name=self.context.resource_group.known_name,
            properties=recoveryservices.AzureFileShareProtectionPolicyArgs(
                backup_management_type="AzureStorage",
                work_load_type=recoveryservices.WorkloadType.AZURE_FILE_SHARE,
                time_zone="UTC",
                schedule_policy=recoveryservices.SimpleSchedulePolicyArgs(
                    schedule_policy_type="SimpleSchedulePolicy",
                    schedule_run_frequency=recoveryservices.ScheduleRunType.DAILY,
                    schedule_run_times=[BACKUP_TIME],
                ),
                retention_policy=recoveryservices.LongTermRetentionPolicyArgs(
                    retention_policy_type="LongTermRetentionPolicy",
                    daily_schedule=recoveryservices.DailyRetentionScheduleArgs(
                        retention_times=[BACKUP_TIME],
                        retention_duration=recoveryservices.RetentionDurationArgs(
                            count=days, duration_type=recoveryservices.RetentionDurationType.DAYS
                        ),
                    ),
                ),
            ),
            opts=self.child(),
        )
        policy_id = child_id(vault.id, "backupPolicies", name)
        self.verify(policy_id, policy)
        return Reference(policy_id, name, (policy,))

    def _protect_share(
        self, vault: Reference, policy: Reference, account: Reference, workspace: Reference
    ) -> None:
        group = parse_arm_id(account.id).resource_group
        container = f"StorageContainer;Storage;{group};{account.name}"
        registration = recoveryservices.ProtectionContainer(
            "notebook-backup-container",
            container_name=container,
            fabric_name=FABRIC,
            vault_name=vault.known_name,
            resource_group_name=self.context.resource_group.known_name,
            properties=recoveryservices.AzureStorageContainerArgs(
                container_type="StorageContainer",
                backup_management_type=recoveryservices.BackupManagementType.AZURE_STORAGE,
                source_resource_id=account.known_id,
                # The platform's own lock guards the account; a second one would outlive the backup.
                acquire_storage_account_lock=recoveryservices.AcquireStorageAccountLock.NOT_ACQUIRE,
            ),
            opts=self.child(depends_on=workspace.prerequisites, custom_timeouts=LONG_TIMEOUTS),
        )
        recoveryservices.ProtectedItem(
            "notebook-backup-share",
            protected_item_name=f"AzureFileShare;{NOTEBOOK_SHARE}",
            container_name=known(container, registration),
            fabric_name=FABRIC,
            vault_name=vault.known_name,
            resource_group_name=self.context.resource_group.known_name,
            properties=recoveryservices.AzureFileshareProtectedItemArgs(
                protected_item_type="AzureFileShareProtectedItem",
                policy_id=policy.known_id,
                source_resource_id=account.known_id,
            ),
            opts=self.child(custom_timeouts=LONG_TIMEOUTS),
        )
