"""An environment's subnet is handed to Container Apps."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME, LOCATION
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_ENVIRONMENT = "azure-native:app:ManagedEnvironment"
_SUBNET = "vnetConfiguration.infrastructureSubnetId"
_SERVICE = "Microsoft.App/environments"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    subnet = world.find(resource.value(_SUBNET))
    # Without workload profiles it is an environment of the old kind, whose subnet is handed to nobody.
    if subnet is None or not resource.items("workloadProfiles"):
        return
    handed = [str(item.get("serviceName", "")).lower() for item in subnet.items("delegations")]
    if _SERVICE.lower() not in handed:
        yield Violation(_SUBNET, f"{subnet.name} is not delegated; add a delegation to {_SERVICE}")


def _case(*, delegated: bool) -> Case:
    delegation = {"delegations": [{"name": "apps", "serviceName": _SERVICE}]} if delegated else {}
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "location": LOCATION,
        "environmentName": "cae-ml-dev",
        "workloadProfiles": [{"name": "Consumption", "workloadProfileType": "Consumption"}],
        "vnetConfiguration": {"infrastructureSubnetId": Ref("subnet")},
    }
    return Case(
        (
            declare(tokens.VIRTUAL_NETWORK, name="network"),
            declare(
                tokens.SUBNET,
                {"subnetName": "snet-apps", "addressPrefix": "10.20.4.0/24", **delegation},
                name="subnet",
                depends_on=("network",),
            ),
            Declared(_ENVIRONMENT, inputs),
        )
    )


RULE = Rule(
    id="APP344",
    service="Container Apps environment",
    title="its subnet is delegated to Container Apps",
    applies_to=(_ENVIRONMENT,),
    status=400,
    code="ManagedEnvironmentSubnetDelegationError",
    source="learn.microsoft.com container-apps/custom-virtual-networks (Subnet)",
    check=_check,
    trips=_case(delegated=False),
    passes=_case(delegated=True),
)
