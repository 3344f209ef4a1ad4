"""A small platform for the real engine: a lake, an identity with its role, a Databricks workspace with content."""

import asyncio

import pulumi
import pulumi_azure_native as azure_native
import pulumi_databricks
from pulumi_azure_native import authorization, databricks, managedidentity, resources, storage

SUBSCRIPTION = "00000000-0000-0000-0000-000000000001"
READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"

config = pulumi.Config()
TAGS = {"environment": "dev", "owner": config.get("owner") or "ml"}
PROTECTED = config.get_bool("protected", default=True)

provider = azure_native.Provider("azure", subscription_id=SUBSCRIPTION)
inherited = pulumi.ResourceOptions(provider=provider)


async def wait_and_retry(args: pulumi.ErrorHookArgs) -> bool:
    await asyncio.sleep(0.1)
    return "PrincipalNotFound" in args.errors[0] and len(args.errors) < 4


retry = pulumi.ErrorHook("retry", wait_and_retry)


class Lake(pulumi.ComponentResource):
    """A storage account with a container."""

    def __init__(self, name: str, group: resources.ResourceGroup, opts: pulumi.ResourceOptions) -> None:
        super().__init__("sample:index:Lake", name, None, opts)
        self.account = storage.StorageAccount(
            name,
            account_name="stsamplelake",
            resource_group_name=group.name,
            kind="StorageV2",
            sku={"name": "Standard_LRS"},
            is_hns_enabled=not config.get_bool("flat", default=False),
            minimum_tls_version="TLS1_2",
            tags=TAGS,
            opts=pulumi.ResourceOptions(parent=self, protect=PROTECTED),
        )
        storage.BlobContainer(
            "raw",
            account_name=self.account.name,
            container_name="raw",
            resource_group_name=group.name,
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({"id": self.account.id})


group = resources.ResourceGroup(
    "rg", resource_group_name="rg-sample-dev", location="westeurope", tags=TAGS, opts=inherited
)
lake = Lake("lake", group, pulumi.ResourceOptions(providers=[provider]))
identity = managedidentity.UserAssignedIdentity(
    "identity", resource_name_="id-sample-dev", resource_group_name=group.name, tags=TAGS, opts=inherited
)
authorization.RoleAssignment(
    "reader",
    role_assignment_name="6f9619ff-8b86-d011-b42d-00c04fc964ff",
    scope=group.id,
    principal_id=identity.principal_id,
    principal_type="ServicePrincipal",
    role_definition_id=f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{READER}",
    opts=pulumi.ResourceOptions(provider=provider, hooks=pulumi.ResourceHookBinding(on_error=[retry])),
)
workspace = databricks.Workspace(
    "workspace",
    workspace_name="dbw-sample-dev",
    resource_group_name=group.name,
    compute_mode="Hybrid",
    managed_resource_group_id=f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-sample-dev-dbw",
    sku={"name": "premium"},
    tags=TAGS,
    opts=inherited,
)
content = pulumi_databricks.Provider(
    "databricks", azure_workspace_resource_id=workspace.id, auth_type="azure-cli"
)
on_workspace = pulumi.ResourceOptions(provider=content)
pulumi_databricks.ClusterPolicy("policy", name="small", definition="{}", opts=on_workspace)
token = pulumi_databricks.Token("token", comment="sample", lifetime_seconds=3600, opts=on_workspace)

pulumi.export("lake", lake.account.id)
pulumi.export("token", token.token_value)
