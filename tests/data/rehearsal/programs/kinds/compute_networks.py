"""Compute lies in its workspace's managed network, or waits in a subnet for the workspace's private endpoint."""

# kind: AML006, AML354, AML356 compute without a public address: its network, and the workspace's endpoint first

import pulumi
from pulumi_azure_native import machinelearningservices as ml
from pulumi_azure_native import network, resources

group = resources.ResourceGroup("group", location="westeurope")
providers = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-before/providers"
net = network.VirtualNetwork(
    "net",
    resource_group_name=group.name,
    address_space={"address_prefixes": ["10.0.0.0/16"]},
    subnets=[network.SubnetArgs(name="nodes", address_prefix="10.0.1.0/24")],
)
nodes = net.subnets.apply(lambda subnets: subnets[0].id)


def workspace(name: str, isolation: str) -> ml.Workspace:
    return ml.Workspace(  # warned: IMM002
        name,
        resource_group_name=group.name,
        kind="Default",
        identity={"type": "SystemAssigned"},
        storage_account=f"{providers}/Microsoft.Storage/storageAccounts/stbefore{name}",
        key_vault=f"{providers}/Microsoft.KeyVault/vaults/kv-before-{name}",
        application_insights=f"{providers}/Microsoft.Insights/components/appi-before-{name}",
        managed_network={"isolation_mode": isolation},
    )


managed, own = workspace("managed", "AllowOnlyApprovedOutbound"), workspace("own", "Disabled")
endpoint = network.PrivateEndpoint(
    "workspace",
    resource_group_name=group.name,
    subnet={"id": nodes},
    private_link_service_connections=[
        {"name": "workspace", "private_link_service_id": own.id, "group_ids": ["amlworkspace"]}
    ],
)


def cluster(place: ml.Workspace, **more: object) -> dict[str, object]:
    return {
        "resource_group_name": group.name,
        "workspace_name": place.name,
        "properties": ml.AmlComputeArgs(
            compute_type="AmlCompute",
            properties=ml.AmlComputePropertiesArgs(
                vm_size="Standard_D4ds_v5",
                scale_settings={"min_node_count": 0, "max_node_count": 2},
                enable_node_public_ip=False,
                **more,
            ),
        ),
    }


subnet = {"id": nodes}
ml.Compute("inside", compute_name="inside", **cluster(managed))
ml.Compute("beside", compute_name="beside", **cluster(managed, subnet=subnet))  # warned: AML354
ml.Compute("early", compute_name="early", **cluster(own, subnet=subnet))  # warned: AML356
ml.Compute("nowhere", compute_name="nowhere", **cluster(own))  # refused: AML006
ml.Compute(
    "waits",
    compute_name="waits",
    **cluster(own, subnet=subnet),
    opts=pulumi.ResourceOptions(depends_on=[endpoint]),
)
