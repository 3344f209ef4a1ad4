"""The vault of a customer key keeps what is deleted."""

# kind: KV056 the vault of a customer key has purge protection

import pulumi
from pulumi_azure_native import keyvault, managedidentity, resources, storage

group = resources.ResourceGroup("group", location="westeurope")


def vault(name: str, **more: bool) -> keyvault.Vault:
    return keyvault.Vault(
        name,
        vault_name=f"kv-{name}-7k2ap",
        resource_group_name=group.name,
        properties=keyvault.VaultPropertiesArgs(
            tenant_id="22222222-2222-2222-2222-222222222222",
            sku={"family": "A", "name": "standard"},
            enable_rbac_authorization=True,
            **more,
        ),
        opts=pulumi.ResourceOptions(protect=True, replace_on_changes=["properties"]),
    )


identity = managedidentity.UserAssignedIdentity("identity", resource_group_name=group.name)


def account(key_vault: keyvault.Vault) -> dict[str, object]:
    return {
        "resource_group_name": group.name,
        "kind": "StorageV2",
        "sku": {"name": "Standard_LRS"},
        "identity": storage.IdentityArgs(type="UserAssigned", user_assigned_identities=[identity.id]),
        "encryption": storage.EncryptionArgs(
            key_source="Microsoft.Keyvault",
            key_vault_properties=storage.KeyVaultPropertiesArgs(
                key_name="data", key_vault_uri=key_vault.properties.vault_uri
            ),
        ),
    }


storage.StorageAccount("wrong", **account(vault("open")))  # refused: KV056 # warned: ST321
storage.StorageAccount("right", **account(vault("kept", enable_purge_protection=True)))  # warned: ST321
