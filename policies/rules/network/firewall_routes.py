"""Where a firewall lets out, no subnet with machines goes round it."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.azure_firewall import APPLIANCE, DEFAULT_ROUTE, FIREWALL_SUBNET
from policies.frame.cases import REMOVED, changed_sample
from policies.frame.judged import Judged, Stack
from policies.frame.rule import UNKNOWN_STRING, Anchors, Sample, Severity, StackCases, StackFinding, StackRule

_SUBNET = "azure-native:network:Subnet"
_TABLE = "azure-native:network:RouteTable"


def _check(stack: Stack) -> Iterator[StackFinding]:
    """A subnet has machines where it is delegated, where nodes are put into it, or where it has a gateway out."""
    leading = [
        stack.text(table, "routeTableName").lower()
        for table in stack.of(_TABLE)
        if stack.read(table, _leads_to_firewall, default=False)
    ]
    if not leading and not list(stack.of("azure-native:network:AzureFirewall")):
        return
    nodes = [found.lower() for found in _node_subnets(stack)]
    for subnet in stack.of(_SUBNET):
        name = stack.text(subnet, "subnetName")
        table_id = stack.read(subnet, lambda asked: asked.text("routeTable.id"), None)
        if name == FIREWALL_SUBNET or table_id is None:
            continue
        gateway = stack.read(subnet, lambda asked: bool(asked.value("natGateway.id")), default=False)
        delegated = stack.read(subnet, lambda asked: bool(asked.value("delegations")), default=False)
        used = any(one.endswith(f"/subnets/{name.lower()}") for one in nodes)
        if (gateway or delegated or used) and table_id.rpartition("/")[2].lower() not in leading:
            yield StackFinding(
                f"subnet {name} goes round the firewall: no route table leads to it", subnet.urn
            )


def _leads_to_firewall(judged: Judged) -> bool:
    return any(
        route.get("addressPrefix") == DEFAULT_ROUTE and route.get("nextHopType") == APPLIANCE
        for route in judged.items("routes")
    )


def _node_subnets(stack: Stack) -> Iterator[str]:
    for cluster in stack.of("azure-native:containerservice:ManagedCluster"):
        yield stack.text(cluster, "agentPoolProfiles[].vnetSubnetID")
    for pool in stack.of("azure-native:containerservice:AgentPool"):
        yield stack.text(pool, "vnetSubnetID")


_ROUTES = Sample(
    _TABLE,
    {
        "routeTableName": "rt",
        "routes": [{"name": "d", "addressPrefix": DEFAULT_ROUTE, "nextHopType": APPLIANCE}],
    },
    name="table",
)
_NODES = Sample(
    _SUBNET,
    {
        "subnetName": "s",
        "delegations": [{"serviceName": "Microsoft.Databricks/workspaces"}],
        "routeTable": {"id": "/g/routeTables/rt"},
    },
)

RULE = StackRule(
    id="AMLP-NW-060",
    title="Where a firewall lets out, no subnet with machines goes round it",
    severity=Severity.HIGH,
    check=_check,
    why="One subnet with a gateway of its own is the road that data leaves by.",
    fix="Attach the route table to the subnet, and take its NAT gateway away",
    anchors=Anchors(
        benchmark=("NS-1", "NS-3"), source="learn.microsoft.com security/benchmark network-security NS-3"
    ),
    cases=StackCases(
        allowed=(_ROUTES, _NODES),
        denied=(_ROUTES, changed_sample(_NODES, {"routeTable": {"id": "/g/routeTables/other"}})),
        omitted=(_ROUTES, changed_sample(_NODES, {"routeTable": REMOVED})),
        unknown=(_ROUTES, changed_sample(_NODES, {"routeTable.id": UNKNOWN_STRING})),
    ),
)
