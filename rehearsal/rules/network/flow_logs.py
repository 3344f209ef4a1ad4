"""Flow logs are of networks; those of security groups can no longer be created."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.subscription import Subscription
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP, LOCATION
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_FLOW_LOG = "azure-native:network:FlowLog"
_TARGET = "targetResourceId"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if "/networksecuritygroups/" in resource.text(_TARGET).lower():
        yield Violation(
            _TARGET,
            "no new flow logs of network security groups since 2025-06-30 (they retire on 2027-09-30); name "
            "the virtual network or the subnet instead",
        )


def _case(target: str) -> Case:
    inputs = {
        "resourceGroupName": "NetworkWatcherRG",
        "networkWatcherName": f"NetworkWatcher_{LOCATION}",
        "location": LOCATION,
        "flowLogName": "flow-ml-dev",
        "targetResourceId": f"{GROUP}/providers/Microsoft.Network/{target}",
        "storageId": f"{GROUP}/providers/Microsoft.Storage/storageAccounts/stmldev7k2ap",
        "enabled": True,
    }
    return Case(
        (Declared(_FLOW_LOG, inputs),), Subscription(resource_groups=("rg-ml-dev", "NetworkWatcherRG"))
    )


RULE = Rule(
    id="NET004",
    service="Network Watcher",
    title="flow logs of networks, not of security groups",
    applies_to=(_FLOW_LOG,),
    status=400,
    code="NsgFlowLogCreationBlocked",
    source="learn.microsoft.com azure/network-watcher/nsg-flow-logs-overview (no new ones from 30 June 2025); "
    "Azure/bicep-registry-modules pull request 6049 (the error)",
    check=_check,
    trips=_case("networkSecurityGroups/nsg-ml-dev"),
    passes=_case("virtualNetworks/vnet-ml-dev"),
)
