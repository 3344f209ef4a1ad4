"""A lake, and a cluster in a Databricks workspace that somebody else made."""

import pulumi
import pulumi_azure_native as azure
import pulumi_databricks as databricks
from infra.naming import resource_name
from logging_setup import say
from policies.tags import tags
from pulumi_helpers import child_of

WORKSPACE = (
    "/subscriptions/77777777-7777-7777-7777-777777777777/resourceGroups/rg-shared/providers"
    "/Microsoft.Databricks/workspaces/dbw-shared"
)

config = pulumi.Config()
group = azure.resources.ResourceGroup("group", resource_group_name=resource_name("rg"), tags=tags(config))
account = azure.storage.StorageAccount(
    "lake",
    account_name=resource_name("st").replace("-", ""),
    resource_group_name=group.name,
    kind=azure.storage.Kind.STORAGE_V2,
    sku=azure.storage.SkuArgs(name=azure.storage.SkuName.STANDARD_LRS),
    allow_blob_public_access=False,
    minimum_tls_version=azure.storage.MinimumTlsVersion.TLS1_2,
    is_hns_enabled=True,
    tags=tags(config),
    opts=child_of(group),
)
azure.storage.BlobContainer(
    "raw",
    account_name=account.name,
    container_name="raw",
    resource_group_name=group.name,
    opts=child_of(account),
)
client = azure.authorization.get_client_config_output()
provider = databricks.Provider("databricks", azure_workspace_resource_id=WORKSPACE, auth_type="azure-cli")
databricks.Cluster(
    "people",
    autotermination_minutes=30,
    cluster_name="people",
    node_type_id="Standard_D4ds_v5",
    num_workers=config.require_int("workers"),
    spark_version="16.4.x-scala2.12",
    opts=pulumi.ResourceOptions(provider=provider),
)
say(f"{resource_name('rg')} of {config.require('owner')}")
pulumi.export("account", account.id)
pulumi.export("tenant", client.tenant_id)
