"""A system pool with 2 vCPU is taken and unwise; one with 1 is refused, as one without room for 30 pods."""

# kind: AKS357, AKS358 nodes of a system pool are large enough

from pulumi_azure_native import containerservice, resources

group = resources.ResourceGroup("group", location="westeurope")


def pool(size: str, pods: int) -> list[containerservice.ManagedClusterAgentPoolProfileArgs]:
    return [
        containerservice.ManagedClusterAgentPoolProfileArgs(
            name="system", mode="System", count=3, vm_size=size, max_pods=pods, os_type="Linux"
        )
    ]


identity = {"type": "SystemAssigned"}
containerservice.ManagedCluster(
    "right",
    resource_group_name=group.name,
    dns_prefix="right",
    identity=identity,
    agent_pool_profiles=pool("Standard_D4s_v5", 20),
)
containerservice.ManagedCluster(  # warned: AKS357
    "small",
    resource_group_name=group.name,
    dns_prefix="small",
    identity=identity,
    agent_pool_profiles=pool("Standard_D2s_v5", 10),
)
containerservice.ManagedCluster(  # refused: AKS358, AKS001 # warned: AKS357, VM002
    "tiny",
    resource_group_name=group.name,
    dns_prefix="tiny",
    identity=identity,
    agent_pool_profiles=pool("Standard_B1ms", 9),
)
