"""For each generic check a few lines of a program that break it, and the same lines set right."""

from __future__ import annotations

from collections.abc import Mapping

_ACCOUNT = 'storage.StorageAccount("lake", resource_group_name=group.name, kind="StorageV2", '

EXAMPLES: Mapping[str, tuple[str, str]] = {
    "ENG001": (
        'resources.ResourceGroup("main")\nresources.ResourceGroup("main")',
        'resources.ResourceGroup("main")\nresources.ResourceGroup("other")',
    ),
    "ENG002": (
        '# pulumi:disable-default-providers: ["azure-native"]\nresources.ResourceGroup("main")',
        'resources.ResourceGroup("main", opts=pulumi.ResourceOptions(provider=azure))',
    ),
    "SDK001": ('pulumi.CustomResource("azure-native:storage:Acount", "lake", {})', f"{_ACCOUNT}sku=sku)"),
    "SDK002": (f'{_ACCOUNT}sku={{"nme": "Standard_LRS"}})', f'{_ACCOUNT}sku={{"name": "Standard_LRS"}})'),
    "SDK003": (f'{_ACCOUNT}sku="Standard_LRS")', f'{_ACCOUNT}sku={{"name": "Standard_LRS"}})'),
    "SDK004": (f"{_ACCOUNT[:-2]})", f'{_ACCOUNT}sku={{"name": "Standard_LRS"}})'),
    "SDK005": (f'{_ACCOUNT}sku=sku, access_tier="Icy")', f'{_ACCOUNT}sku=sku, access_tier="Cool")'),
    "SDK006": (
        'opts=pulumi.ResourceOptions(ignore_changes=["sku.nme"])',
        'opts=pulumi.ResourceOptions(ignore_changes=["sku.name"])',
    ),
    "SEC001": (
        'pulumi.export("key", keys.keys[0].value)',
        'pulumi.export("key", pulumi.Output.secret(keys.keys[0].value))',
    ),
    "OUT001": ('tags={"network": f"{network.id}"}', 'tags={"network": pulumi.Output.concat(network.id)}'),
    "STA001": (
        'storage.StorageAccount("a", account_name="stlake", …)\nstorage.StorageAccount("b", account_name="stlake", …)',
        'storage.StorageAccount("a", account_name="stlake", …)\nstorage.StorageAccount("b", account_name="stlake2", …)',
    ),
    "STA002": (
        'storage.StorageAccount("a", account_name="stlake", resource_group_name=one.name, …)\n'
        'storage.StorageAccount("b", account_name="stlake", resource_group_name=two.name, …)',
        'storage.StorageAccount("a", account_name="stlake", resource_group_name=one.name, …)\n'
        'storage.StorageAccount("b", account_name="stlaketwo", resource_group_name=two.name, …)',
    ),
    "REF001": (
        'keyvault.Vault("kv", resource_group_name="rg-main", …)  # the group "rg-main" is declared too',
        'keyvault.Vault("kv", resource_group_name=group.name, …)',
    ),
    "REF002": (
        'subnet={"id": hub.id.apply(lambda id: f"{id}/subnets/none")}',
        'subnet={"id": hub.subnets[0].id}',
    ),
    "AZP300": (
        f'{_ACCOUNT}public_network_access="Enabled", sku=sku)  # a policy denies anything but "Disabled"',
        f'{_ACCOUNT}public_network_access="Disabled", sku=sku)',
    ),
    "AZP305": (
        'resources.ResourceGroup("main")  # a policy with the effect modify adds the tag owner',
        'resources.ResourceGroup("main", tags={"owner": "data-platform"})',
    ),
    "GEN300": ("expires: 2020-01-01", "expires: 2027-05-31"),
    "GEN301": (
        'rule: NET001\nresource: "prod/nothing/there"',
        'rule: NET001\nresource: "prod/azure-native:network:*/hub"',
    ),
}
