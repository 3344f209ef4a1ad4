"""Azure Backup: recovery services vaults and what they protect (Azure REST spec recoveryservicesbackup 2024-10-01), and
backup vaults (dataprotection 2025-01-01)."""

from __future__ import annotations

from rehearsal.cloud.catalogue.entry import IN_RESOURCE_GROUP as RG
from rehearsal.cloud.catalogue.entry import entry

_VAULT = RG + "Microsoft.RecoveryServices/vaults/{vaultName}"
_CONTAINER = _VAULT + "/backupFabrics/{fabricName}/protectionContainers/{containerName}"
_BACKUP_VAULT = RG + "Microsoft.DataProtection/backupVaults/{vaultName}"

BACKUP = (
    entry("azure-native:recoveryservices:Vault", _VAULT),
    entry("azure-native:recoveryservices:ProtectionPolicy", _VAULT + "/backupPolicies/{policyName}"),
    entry("azure-native:recoveryservices:ProtectionContainer", _CONTAINER),
    entry("azure-native:recoveryservices:ProtectedItem", _CONTAINER + "/protectedItems/{protectedItemName}"),
    entry("azure-native:dataprotection:BackupVault", _BACKUP_VAULT),
    entry("azure-native:dataprotection:BackupPolicy", _BACKUP_VAULT + "/backupPolicies/{backupPolicyName}"),
    entry(
        "azure-native:dataprotection:BackupInstance", _BACKUP_VAULT + "/backupInstances/{backupInstanceName}"
    ),
    entry(
        "azure-native:dataprotection:DppResourceGuardProxy",
        _BACKUP_VAULT + "/backupResourceGuardProxies/{resourceGuardProxyName}",
    ),
    entry(
        "azure-native:dataprotection:ResourceGuard",
        RG + "Microsoft.DataProtection/resourceGuards/{resourceGuardsName}",
    ),
)
