"""The caller that creates objects inside a closed workspace must reach its network while the deployment
runs."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP, GROUP_NAME
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_PEERING = "azure-native:network:VirtualNetworkPeering"
_PEERINGS = "/virtualnetworkpeerings/"
_NETWORK = "parameters.customVirtualNetworkId.value"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """No caller is in a network that the same deployment makes: callers come over a peering, which carries
    nothing until the other network has one too."""
    workspace = world.find(resource.value("azureWorkspaceResourceId"))
    if workspace is None or workspace.value("publicNetworkAccess") != "Disabled":
        return
    network = world.find(workspace.value(_NETWORK))
    first = next(iter(world.grouped(_content(world), _provider).get(resource.urn, ())), None)
    if network is None or network.external or first is None:
        return
    if any(world.depends_on(first, peering) for peering in _ways_in(network, world)):
        return
    yield Violation(
        "azureWorkspaceResourceId",
        f"{first.urn} needs the front end of {workspace.urn}, which answers in {network.urn} only, and no network is "
        "peered with that one by then: make the network first, let the other network's owner peer back, and read that "
        "peering (VirtualNetworkPeering.get), or declare it, before the objects inside the workspace",
    )


def _ways_in(network: Resource, world: World) -> Iterator[Resource]:
    """Peerings of other networks with this one: its own peerings say with which."""
    mine, remotes = network.id.lower(), set[str]()
    peerings = list(world.of_types((_PEERING,)))
    for peering in peerings:
        if peering.id.lower().rpartition(_PEERINGS)[0] == mine:
            remotes.add(peering.text("remoteVirtualNetwork.id").lower())
    for peering in peerings:
        if peering.id.lower().rpartition(_PEERINGS)[0] in remotes:
            yield peering


def _content(world: World) -> tuple[str, ...]:
    return tuple(sorted(name for name in world.by_type if name.startswith("databricks:")))


def _provider(resource: Resource) -> str:
    return resource.provider_urn


def _case(*, both_sides: bool) -> Case:
    hub = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-hub"
    spoke = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-ml-dev"
    names = {
        "customPublicSubnetName": {"value": "snet-host"},
        "customPrivateSubnetName": {"value": "snet-nodes"},
    }
    closed = {
        "publicNetworkAccess": "Disabled",
        "requiredNsgRules": "NoAzureDatabricksRules",
        "parameters": {
            **names,
            "customVirtualNetworkId": {"value": Ref("network")},
            "enableNoPublicIp": {"value": True},
        },
    }
    back = (_peering("back", "vnet-hub", "to-spoke", spoke, after="to-hub"),) if both_sides else ()
    return Case(
        (
            declare(tokens.VIRTUAL_NETWORK, name="network"),
            _peering("to-hub", "vnet-ml-dev", "to-hub", hub, after="network"),
            *back,
            declare(
                tokens.DATABRICKS_WORKSPACE,
                closed,
                name="workspace",
                depends_on=("back" if both_sides else "to-hub",),
            ),
            declare(tokens.DATABRICKS_PROVIDER, {"azureWorkspaceResourceId": Ref("workspace")}),
            declare(tokens.WORKSPACE_CONF, name="content", provider="subject"),
        )
    )


def _peering(name: str, network: str, peering: str, remote: str, *, after: str) -> Declared:
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "virtualNetworkName": network,
        "virtualNetworkPeeringName": peering,
        "remoteVirtualNetwork": {"id": remote},
    }
    return Declared(_PEERING, inputs, name, depends_on=(after,))


RULE = Rule(
    id="DBX295",
    service="Databricks workspace",
    title="objects inside a closed workspace wait for the peering back",
    applies_to=(tokens.DATABRICKS_PROVIDER,),
    status=403,
    code="PRIVATE_LINK_VALIDATION_ERROR",
    source="github.com databricks/databricks-sdk-go apierr/private_link.go; "
    "azure.github.io/PSRule.Rules.Azure/en/rules/Azure.VNET.PeerState (traffic flows once both sides are "
    "Connected); learn.microsoft.com azure/databricks/security/network/classic/private-link-standard (the front end "
    "answers through its endpoint); both read 2026-11-30",
    check=_check,
    trips=_case(both_sides=False),
    passes=_case(both_sides=True),
)
