"""Subnets with nodes have a gateway out."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Stack
from policies.frame.rule import UNKNOWN_STRING, Anchors, Sample, Severity, StackCases, StackFinding, StackRule


def _check(stack: Stack) -> Iterator[StackFinding]:
    nodes = {subnet.lower() for subnet in _node_subnets(stack)}
    for subnet in stack.of("azure-native:network:Subnet"):
        name = stack.text(subnet, "subnetName")
        delegated = stack.read(subnet, lambda asked: bool(asked.value("delegations")), default=False)
        if not (delegated or any(one.endswith(f"/subnets/{name.lower()}") for one in nodes)):
            continue
        if stack.read(
            subnet,
            lambda asked: not asked.value("natGateway.id") and not asked.value("routeTable.id"),
            default=False,
        ):
            yield StackFinding(f"subnet {name} has neither a NAT gateway nor a route table", subnet.urn)


def _node_subnets(stack: Stack) -> Iterator[str]:
    for cluster in stack.of("azure-native:containerservice:ManagedCluster"):
        yield stack.text(cluster, "agentPoolProfiles[].vnetSubnetID")
    for pool in stack.of("azure-native:containerservice:AgentPool"):
        yield stack.text(pool, "vnetSubnetID")


RULE = StackRule(
    id="AMLP-NW-013",
    title="Subnets with nodes have a gateway out",
    severity=Severity.MEDIUM,
    check=_check,
    why="Since 2026-03-31 new networks have no default way out: nodes without a gateway never start.",
    fix="Attach the NAT gateway to the subnet",
    anchors=Anchors(
        benchmark=("NS-2",), source="learn.microsoft.com virtual-network ip-services/default-outbound-access"
    ),
    cases=StackCases(
        allowed=(
            Sample(
                "azure-native:network:Subnet",
                {
                    "subnetName": "s",
                    "delegations": [{"serviceName": "Microsoft.Databricks/workspaces"}],
                    "natGateway": {"id": "/n"},
                },
            ),
        ),
        denied=(
            Sample("azure-native:network:Subnet", {"subnetName": "s"}),
            Sample("azure-native:containerservice:AgentPool", {"vnetSubnetID": "/v/subnets/s"}, name="pool"),
        ),
        omitted=(
            Sample(
                "azure-native:network:Subnet",
                {"subnetName": "s", "delegations": [{"serviceName": "Microsoft.Databricks/workspaces"}]},
            ),
        ),
        unknown=(Sample("azure-native:network:Subnet", {"subnetName": "s", "delegations": UNKNOWN_STRING}),),
    ),
)
