"""An environment's subnet stays clear of the ranges that Container Apps and AKS under it keep for themselves."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.kubernetes_network import (
    AKS_RESERVED,
    CONTAINER_APPS_RESERVED,
    CONTAINER_APPS_SOURCE,
    reserved_in,
)
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME, LOCATION
from rehearsal.rules.examples import declare
from rehearsal.rules.kubernetes.cluster_network import ipv4
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_ENVIRONMENT = "azure-native:app:ManagedEnvironment"
_SUBNET = "vnetConfiguration.infrastructureSubnetId"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    subnet = world.find(resource.value(_SUBNET))
    network = ipv4(subnet.value("addressPrefix")) if subnet is not None else None
    reserved = (*AKS_RESERVED, *(CONTAINER_APPS_RESERVED if resource.items("workloadProfiles") else ()))
    if network is not None and (taken := reserved_in(network, reserved)) is not None:
        yield Violation(
            _SUBNET, f"{network} overlaps {taken}, which Container Apps reserves; use another range"
        )


def _case(space: str) -> Case:
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "location": LOCATION,
        "environmentName": "cae-ml-dev",
        "workloadProfiles": [{"name": "Consumption", "workloadProfileType": "Consumption"}],
        "vnetConfiguration": {"infrastructureSubnetId": Ref("subnet")},
    }
    delegation = [{"name": "apps", "serviceName": "Microsoft.App/environments"}]
    return Case(
        (
            declare(tokens.VIRTUAL_NETWORK, {"addressSpace.addressPrefixes": [space]}, name="network"),
            declare(
                tokens.SUBNET,
                {"subnetName": "snet-apps", "addressPrefix": space, "delegations": delegation},
                name="subnet",
                depends_on=("network",),
            ),
            Declared(_ENVIRONMENT, inputs),
        )
    )


RULE = Rule(
    id="APP370",
    service="Container Apps environment",
    title="no range that Container Apps reserves",
    applies_to=(_ENVIRONMENT,),
    status=400,
    code="",
    source=str(CONTAINER_APPS_SOURCE),
    check=_check,
    trips=_case("100.100.128.0/24"),
    passes=_case("100.99.0.0/24"),
)
