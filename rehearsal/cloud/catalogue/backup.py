"""Azure Backup: recovery services vaults and what they protect (Azure REST spec recoveryservicesbackup 2024-10-01)."""

from __future__ import annotations

from rehearsal.cloud.catalogue.entry import IN_RESOURCE_GROUP as RG
from rehearsal.cloud.catalogue.entry import entry

_VAULT = RG + "Microsoft.RecoveryServices/vaults/{vaultName}"
_CONTAINER = _VAULT + "/backupFabrics/{fabricName}/protectionContainers/{containerName}"

BACKUP = (
    entry("azure-native:recoveryservices:Vault", _VAULT),
    entry("azure-native:recoveryservices:ProtectionPolicy", _VAULT + "/backupPolicies/{policyName}"),
    entry("azure-native:recoveryservices:ProtectionContainer", _CONTAINER),
    entry("azure-native:recoveryservices:ProtectedItem", _CONTAINER + "/protectedItems/{protectedItemName}"),
)
