"""What only a service could make up breaks no rule: sizes, addresses, names, tiers."""

import pulumi
import pulumi_acme as acme
import pulumi_random as random
from pulumi_azure_native import containerregistry, keyvault, network, operationalinsights, resources, storage

group = resources.ResourceGroup("group", location="westeurope")
text = random.RandomString("text", length=8)
number = random.RandomInteger("number", min=30, max=90)
anvil = acme.Anvil("anvil", weight=90)
storage.StorageAccount(
    "account",
    account_name=text.result,
    resource_group_name=group.name,
    kind="StorageV2",
    sku={"name": text.result},
    minimum_tls_version=text.result,
    network_rule_set={
        "default_action": "Deny",
        "ip_rules": [storage.IPRuleArgs(i_p_address_or_range=anvil.ip_address)],
    },
)
operationalinsights.Workspace("logs", resource_group_name=group.name, retention_in_days=number.result)
containerregistry.Registry(
    "registry",
    registry_name=text.result.apply(lambda value: f"registry{value}"),
    resource_group_name=group.name,
    sku={"name": text.result},
    policies={"export_policy": {"status": "enabled"}},
    network_rule_bypass_options=text.result,
)
network.VirtualNetwork(
    "network",
    resource_group_name=group.name,
    address_space={"address_prefixes": [text.result]},
    subnets=[{"name": "default", "address_prefix": text.result}],
)
keyvault.Vault(
    "vault",
    vault_name=text.result,
    resource_group_name=group.name,
    properties={
        "tenant_id": text.result,
        "sku": {"family": "A", "name": "standard"},
        "enable_rbac_authorization": True,
        "soft_delete_retention_in_days": number.result,
    },
    opts=pulumi.ResourceOptions(protect=True, replace_on_changes=["properties"]),
)
