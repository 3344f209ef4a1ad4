"""A vault's firewall takes addresses of the internet only."""

# kind: KV305 addresses in the firewall of a vault

from pulumi_azure_native import keyvault, resources

group = resources.ResourceGroup("group", location="westeurope")


def acls(address: str) -> keyvault.VaultPropertiesArgs:
    return keyvault.VaultPropertiesArgs(
        tenant_id="00000000-0000-0000-0000-000000000000",
        sku=keyvault.SkuArgs(family="A", name=keyvault.SkuName.STANDARD),
        enable_rbac_authorization=True,
        network_acls=keyvault.NetworkRuleSetArgs(
            default_action="Deny", bypass="AzureServices", ip_rules=[keyvault.IPRuleArgs(value=address)]
        ),
    )


keyvault.Vault("right", resource_group_name=group.name, properties=acls("198.51.100.0/24"))
keyvault.Vault(  # refused: KV305 # warned: IMM002
    "private", resource_group_name=group.name, properties=acls("10.1.0.0/16")
)
