"""The road from the hub into a private network, which the hub's owner opens between the two phases."""

from __future__ import annotations

from collections.abc import Iterator

from azure.core.exceptions import ResourceNotFoundError

from azure_facts.arm_ids import ArmScope, child_id
from infra.conventions.name_rules import ResourceKind
from infra.foundation.egress_rules import egress_rules
from infra.live.errors import looking
from infra.preflight.finding import Finding, Verdict
from infra.preflight.task import Task
from infra.settings.egress import Egress
from infra.settings.names import naming_of
from infra.settings.network import Hub, PrivateNetwork

_CHECK = "road from the hub"
_WAY_OUT = "firewall of the hub"
_API_VERSION = "2024-05-01"


def road_from_the_hub(task: Task) -> Iterator[Finding]:
    """Our own peering says whether the hub has peered back: no right in the hub is needed to see it."""
    network = task.settings.network
    hub = network.hub if isinstance(network, PrivateNetwork) else None
    if hub is None:
        return
    if hub.peering_back is None:
        yield Finding(
            _CHECK,
            Verdict.NOTE,
            "phase 1 of 2: the foundation alone; the hub's owner peers back after it, then network.hub.peering_back "
            "names that peering",
        )
        return
    state = _state(task)
    if state is None:
        yield Finding(
            _CHECK,
            Verdict.FAILED,
            "the network is not peered yet: leave network.hub.peering_back out for phase 1, the foundation",
            f"make deploy STACK={task.settings.environment.name}",
        )
    elif state != "Connected":
        yield Finding(
            _CHECK,
            Verdict.FAILED,
            f"the peering is {state}: the hub has not peered back, so nothing inside the network is reached",
            _command(task, hub),
        )
    else:
        yield Finding(_CHECK, Verdict.OK, "the peering is Connected")


def firewall_of_the_hub(task: Task) -> Iterator[Finding]:
    """What somebody else's firewall lets out is nothing that this identity sees: it says what must be asked for."""
    network, name = task.settings.network, task.settings.environment.name
    if not isinstance(network, PrivateNetwork) or network.egress is Egress.NAT or network.makes_firewall:
        return
    rules = egress_rules(task.settings)
    where = f"at {network.firewall.address}" if network.firewall.address else "of the given network"
    yield Finding(
        _WAY_OUT,
        Verdict.NOTE,
        f"the firewall {where} must let out {len(rules)} rules, or clusters and nodes never start: "
        f"{', '.join(rule.name for rule in rules)}; the output network.allowed_out has their targets after phase 1",
        f"pulumi stack output network --stack {name} --json",
    )


def network_id(task: Task) -> str:
    """The ARM id of the network that the stack makes."""
    naming = naming_of(task.settings)
    scope = ArmScope(task.azure.subscription_id, naming.name(ResourceKind.RESOURCE_GROUP))
    return scope.virtual_network_id(naming.name(ResourceKind.VIRTUAL_NETWORK))


def _state(task: Task) -> str | None:
    path = child_id(network_id(task), "virtualNetworkPeerings", "to-hub")
    with looking("the peering", "Reader"):
        try:
            found = task.azure.resources().resources.get_by_id(path, api_version=_API_VERSION)
        except ResourceNotFoundError:
            return None
    state = found.properties.get("peeringState") if isinstance(found.properties, dict) else None
    return str(state)


def _command(task: Task, hub: Hub) -> str:
    _, _, subscription, _, group, *_, name = hub.virtual_network_id.split("/")
    return (
        f"az network vnet peering create --subscription {subscription} --resource-group {group} --vnet-name {name} "
        f"--name {hub.peering_back} --remote-vnet {network_id(task)} --allow-vnet-access"
    )
