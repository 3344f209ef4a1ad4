"""A lake with its backup, as the rules about it take it apart."""

from __future__ import annotations

from azure_facts.data_lake_backup import DATASOURCE
from azure_facts.roles import Role, built_in_role
from rehearsal.cloud.identities import principal_id
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP, GROUP_NAME, SUBSCRIPTION
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Ref

BACKUP_VAULT = "azure-native:dataprotection:BackupVault"
BACKUP_INSTANCE = "azure-native:dataprotection:BackupInstance"
_VAULT_NAME = "bvault-ml-dev"
_VAULT_ID = f"{GROUP}/providers/Microsoft.DataProtection/backupVaults/{_VAULT_NAME}"


def case(
    *,
    namespace: bool = True,
    identity: str = "SystemAssigned",
    vault_location: str = "westeurope",
    granted: bool = True,
    soft_delete_days: int = 14,
) -> Case:
    """Account, vault, grant, policy and instance; each argument can make one of them wrong."""
    guid = built_in_role(Role.STORAGE_ACCOUNT_BACKUP_CONTRIBUTOR).guid
    in_vault = {"resourceGroupName": GROUP_NAME, "vaultName": _VAULT_NAME}
    vault = {
        **in_vault,
        "location": vault_location,
        "identity": {"type": identity},
        "properties": {
            "storageSettings": [{"datastoreType": "VaultStore", "type": "ZoneRedundant"}],
            "securitySettings": {
                "softDeleteSettings": {"state": "AlwaysOn", "retentionDurationInDays": soft_delete_days}
            },
        },
    }
    grant = {
        "scope": Ref("account"),
        "principalId": principal_id(_VAULT_ID),
        "principalType": "ServicePrincipal",
        "roleDefinitionId": f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{guid}",
    }
    policy = {
        **in_vault,
        "backupPolicyName": "daily",
        "properties": {"objectType": "BackupPolicy", "datasourceTypes": [DATASOURCE], "policyRules": []},
    }
    instance = {
        **in_vault,
        "backupInstanceName": "lake",
        "properties": {
            "objectType": "BackupInstance",
            "dataSourceInfo": {"resourceID": Ref("account"), "datasourceType": DATASOURCE},
            "policyInfo": {"policyId": Ref("policy")},
        },
    }
    return Case(
        (
            declare(
                tokens.STORAGE_ACCOUNT,
                {"isHnsEnabled": namespace, "location": "westeurope"},
                name="account",
            ),
            Declared(BACKUP_VAULT, vault, name="vault"),
            declare(tokens.ROLE_ASSIGNMENT, grant, name="grant", depends_on=("vault",)),
            Declared(
                "azure-native:dataprotection:BackupPolicy", policy, name="policy", depends_on=("vault",)
            ),
            Declared(
                BACKUP_INSTANCE,
                instance,
                name="instance",
                depends_on=("vault", "policy", *(("grant",) if granted else ())),
            ),
        )
    )
