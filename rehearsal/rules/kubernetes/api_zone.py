"""A private cluster whose API server's name lies in a zone of yours."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.arm_id_parsing import parse_arm_id
from azure_facts.kubernetes_api_server import API_ZONE_SOURCE, api_zone, is_api_zone
from azure_facts.roles import Role, built_in_role
from rehearsal.cloud.identities import principal_id
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP, GROUP_NAME, LOCATION, SUBSCRIPTION
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_PATH = "apiServerAccessProfile.privateDNSZone"
_ZONE = "azure-native:privatedns:PrivateZone"
_IDENTITY_ID = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-mlw-ml-dev"
_ENOUGH = {
    built_in_role(role).guid for role in (Role.PRIVATE_DNS_ZONE_CONTRIBUTOR, Role.CONTRIBUTOR, Role.OWNER)
}


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    zone_id = resource.text(_PATH)
    if not zone_id.startswith("/"):
        return
    if "userassigned" not in resource.text("identity.type").lower():
        yield Violation(
            "identity.type",
            "a zone of yours needs a user-assigned identity that holds its roles before the cluster exists; use one",
        )
    name, region = parse_arm_id(zone_id).name, resource.text("location")
    if region and not is_api_zone(name, region):
        yield Violation(_PATH, f"'{name}' is no zone of API servers; use {api_zone(region)} or a part of it")
    yield from _grant(resource, world.find(zone_id), world)


def _grant(resource: Resource, zone: Resource | None, world: World) -> Iterator[Violation]:
    """Only where zone and identity are of this stack: others may hold the role already."""
    stated = resource.value("identity.userAssignedIdentities")
    identities = [world.find(item) for item in stated] if isinstance(stated, list | dict) else []
    if zone is None or zone.external or not identities or None in identities:
        return
    principals = {principal_id(item.id) for item in identities if item is not None}
    granted = any(
        grant.text("principalId") in principals
        and grant.text("roleDefinitionId").lower().rpartition("/")[2] in _ENOUGH
        and bool(scope := grant.text("scope").lower().rstrip("/"))
        and (zone.id.lower() == scope or zone.id.lower().startswith(f"{scope}/"))
        and world.depends_on(resource, grant)
        for grant in world.of_types((tokens.ROLE_ASSIGNMENT,))
    )
    if not granted:
        yield Violation(
            _PATH,
            f"waits for no grant of Private DNS Zone Contributor on {zone.urn} to the cluster's identity; grant it "
            "before the cluster, and put it into depends_on",
        )


def _case(*, granted: bool) -> Case:
    zone = {"resourceGroupName": GROUP_NAME, "location": "Global", "privateZoneName": api_zone(LOCATION)}
    grant = {
        "scope": Ref("zone"),
        "principalId": principal_id(_IDENTITY_ID),
        "principalType": "ServicePrincipal",
        "roleDefinitionId": f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/"
        f"{built_in_role(Role.PRIVATE_DNS_ZONE_CONTRIBUTOR).guid}",
    }
    cluster = {
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [Ref("identity")]},
        "apiServerAccessProfile": {"enablePrivateCluster": True, "privateDNSZone": Ref("zone")},
    }
    grants = (
        (declare(tokens.ROLE_ASSIGNMENT, grant, name="grant", depends_on=("identity",)),) if granted else ()
    )
    return Case(
        (
            declare(tokens.IDENTITY, name="identity"),
            Declared(_ZONE, zone, "zone"),
            *grants,
            declare(tokens.AKS, cluster, depends_on=tuple(item.name for item in grants)),
        )
    )


RULE = Rule(
    id="AKS208",
    service="AKS",
    title="a DNS zone of one's own: its name, and the identity's role on it before the cluster",
    applies_to=(tokens.AKS,),
    status=400,
    code="CustomPrivateDNSZoneMissingPermissionError",
    source=str(API_ZONE_SOURCE),
    check=_check,
    trips=_case(granted=False),
    passes=_case(granted=True),
)
