"""What a cluster's own identity may do in the subnet of its nodes."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.roles import Role, built_in_role
from rehearsal.cloud.identities import principal_id
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP, GROUP_NAME, LOCATION, SUBSCRIPTION
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_NETWORK = "azure-native:network:VirtualNetwork"
_SUBNET = "azure-native:network:Subnet"
_IDENTITY_ID = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-mlw-ml-dev"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only where subnet and identity are of this stack: others may hold a role already. Any role counts but Reader: a
    custom one may hold what is needed."""
    stated = resource.value("identity.userAssignedIdentities")
    identities = [world.find(item) for item in stated] if isinstance(stated, list | dict) else []
    if not identities or any(item is None or item.external for item in identities):
        return
    principals = {principal_id(item.id) for item in identities if item is not None}
    for index, pool in enumerate(resource.items("agentPoolProfiles")):
        subnet = str(pool.get("vnetSubnetID") or "")
        network = world.find(subnet.rpartition("/subnets/")[0])
        if network is None or network.external or _granted(subnet.lower(), principals, world):
            continue
        yield Violation(
            f"agentPoolProfiles[{index}].vnetSubnetID",
            "nothing grants the cluster's identity a role on this subnet, so nodes and internal load balancers cannot "
            "join it: grant it Network Contributor there before the cluster",
        )


def _granted(subnet: str, principals: set[str], world: World) -> bool:
    reader = built_in_role(Role.READER).guid
    return any(
        grant.text("principalId") in principals
        and not grant.text("roleDefinitionId").lower().endswith(reader)
        and bool(scope := grant.text("scope").lower().rstrip("/"))
        and (subnet == scope or subnet.startswith(f"{scope}/"))
        for grant in world.of_types((tokens.ROLE_ASSIGNMENT,))
    )


def _case(*, granted: bool) -> Case:
    network = Declared(
        _NETWORK,
        {
            "resourceGroupName": GROUP_NAME,
            "location": LOCATION,
            "virtualNetworkName": "vnet-ml-dev",
            "addressSpace": {"addressPrefixes": ["10.20.0.0/16"]},
        },
        "network",
    )
    subnet = Declared(
        _SUBNET,
        {
            "resourceGroupName": GROUP_NAME,
            "virtualNetworkName": "vnet-ml-dev",
            "subnetName": "nodes",
            "addressPrefix": "10.20.1.0/24",
        },
        "subnet",
        depends_on=("network",),
    )
    grant = {
        "scope": Ref("subnet"),
        "principalId": principal_id(_IDENTITY_ID),
        "principalType": "ServicePrincipal",
        "roleDefinitionId": f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/"
        f"{built_in_role(Role.NETWORK_CONTRIBUTOR).guid}",
    }
    grants = (
        (declare(tokens.ROLE_ASSIGNMENT, grant, name="grant", depends_on=("identity",)),) if granted else ()
    )
    cluster = {
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [Ref("identity")]},
        "agentPoolProfiles[0].vnetSubnetID": Ref("subnet"),
    }
    return Case(
        (
            declare(tokens.IDENTITY, name="identity"),
            network,
            subnet,
            *grants,
            declare(tokens.AKS, cluster, depends_on=tuple(item.name for item in grants)),
        )
    )


RULE = Rule(
    id="AKS356",
    service="AKS",
    title="a cluster's own identity holds a role on the subnet of its nodes",
    applies_to=(tokens.AKS,),
    status=0,
    code="",
    source="Azure/AKS issues 1557, 2673 (LinkedAuthorizationFailed on a later update of the cluster); "
    "MicrosoftDocs/azure-aks-docs issue 110",
    check=_check,
    trips=_case(granted=False),
    passes=_case(granted=True),
    severity=Severity.WARNING,
)
