"""What is adopted lies in a group that exists; of a literal group nobody says so."""

import pulumi
from pulumi_azure_native import storage

GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-old"
storage.StorageAccount(
    "old",
    account_name="stold7k2ap",
    resource_group_name="rg-old",
    location="westeurope",
    kind="StorageV2",
    sku={"name": "Standard_LRS"},
    opts=pulumi.ResourceOptions(import_=f"{GROUP}/providers/Microsoft.Storage/storageAccounts/stold7k2ap"),
)
storage.StorageAccount(  # warned: SUB007
    "lost",
    account_name="stlost7k2ap",
    resource_group_name="rg-lost",
    location="westeurope",
    kind="StorageV2",
    sku={"name": "Standard_LRS"},
)
