"""Telemetry by private link scopes; container apps, container groups and managed online endpoints."""

from __future__ import annotations

import pytest

from rehearsal.model.resource import Resource
from rehearsal.reachability.model import Door, Place, PlaceKind, Verdict
from rehearsal.reachability.monitors import MEMBER
from rehearsal.reachability.origins import CONTAINER_APP, CONTAINER_GROUP, ENVIRONMENT
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP, ML_WORKSPACE_ID
from tests.rehearsal.reachability.estates import (
    INTERNET,
    NETWORKS,
    NOTHING,
    VNET,
    Given,
    declare,
    endpoint,
    in_subnet,
    link,
    relied_on,
    road,
    subnet,
    zone,
    zone_group,
)

INSIGHTS_ID = f"{GROUP}/providers/Microsoft.Insights/components/appi"
SCOPE_ID = f"{GROUP}/providers/Microsoft.Insights/privateLinkScopes/ampls"
TELEMETRY = Door(INSIGHTS_ID, "azuremonitor")
ZONES = tuple(
    zone(name)
    for name in (
        "privatelink.monitor.azure.com",
        "privatelink.oms.opinsights.azure.com",
        "privatelink.ods.opinsights.azure.com",
        "privatelink.agentsvc.azure-automation.net",
        "privatelink.blob.core.windows.net",
    )
)


def insights(access: str = "Disabled") -> Resource:
    """Application Insights."""
    return declare(tokens.APPLICATION_INSIGHTS, INSIGHTS_ID, {"publicNetworkAccessForIngestion": access})


def scope(mode: str = "PrivateOnly") -> Resource:
    """A private link scope."""
    return declare(
        "azure-native:monitor:PrivateLinkScope",
        SCOPE_ID,
        {"accessModeSettings": {"ingestionAccessMode": mode}},
    )


def member() -> Resource:
    """Application Insights in the scope."""
    return declare(MEMBER, f"{SCOPE_ID}/scopedResources/appi", {"linkedResourceId": INSIGHTS_ID})


def by_scope() -> tuple[Resource, ...]:
    """A network with an endpoint to the scope, whose names resolve there."""
    return (
        VNET,
        subnet(),
        subnet("endpoints", "10.1.8.0/24"),
        endpoint(SCOPE_ID, "azuremonitor"),
        zone_group("azuremonitor", *(one.id for one in ZONES)),
        *ZONES,
        *(link(one, VNET.id) for one in ZONES),
    )


def test_telemetry_comes_in_public_or_by_the_scope() -> None:
    assert road(INTERNET, TELEMETRY, insights("Enabled")).verdict is Verdict.OPEN
    assert road(INTERNET, TELEMETRY, insights()).verdict is Verdict.CLOSED
    found = road(in_subnet(), TELEMETRY, insights(), scope(), member(), *by_scope())
    assert found.verdict is Verdict.OPEN
    assert {"appi", "pep-azuremonitor"} <= set(relied_on(found))


def test_a_scope_leads_to_its_members_alone() -> None:
    assert road(in_subnet(), TELEMETRY, insights(), scope(), *by_scope()).verdict is Verdict.CLOSED
    assert road(in_subnet(), TELEMETRY, insights("Enabled"), scope(), *by_scope()).verdict is Verdict.CLOSED
    open_mode = road(
        in_subnet(),
        TELEMETRY,
        insights("Enabled"),
        scope("Open"),
        *by_scope(),
        subnet(given={"natGateway": {"id": f"{NETWORKS}/natGateways/out"}}),
    )
    assert open_mode.verdict is Verdict.OPEN


def test_logs_are_sent_past_a_private_scope_where_the_workspace_answers_in_public() -> None:
    logs_id = f"{GROUP}/providers/Microsoft.OperationalInsights/workspaces/log"
    logs = declare(tokens.LOG_ANALYTICS, logs_id, {"publicNetworkAccessForIngestion": "Enabled"})
    closed = declare(tokens.LOG_ANALYTICS, logs_id, {"publicNetworkAccessForIngestion": "Disabled"})
    door = Door(logs_id, TELEMETRY.group)
    leaving = subnet(given={"natGateway": {"id": f"{NETWORKS}/natGateways/nat"}})
    parts = [one for one in by_scope() if one.name != "nodes"]
    assert road(in_subnet(), door, logs, scope(), leaving, *parts).verdict is Verdict.UNKNOWN
    assert road(in_subnet(), door, closed, scope(), leaving, *parts).verdict is Verdict.CLOSED


def test_the_scope_of_somebody_else_may_have_it() -> None:
    monitor = ZONES[0]
    assert road(in_subnet(), TELEMETRY, insights(), VNET, subnet()).verdict is Verdict.CLOSED
    resources = (insights(), VNET, subnet(), monitor, link(monitor, VNET.id))
    assert road(in_subnet(), TELEMETRY, *resources).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(("targets", "verdict"), [([SCOPE_ID], Verdict.OPEN), ([], Verdict.CLOSED)])
def test_jobs_send_telemetry_over_an_outbound_rule_to_the_scope(targets: list[str], verdict: Verdict) -> None:
    rules = {
        f"to-{target.rpartition('/')[2]}": {
            "type": "PrivateEndpoint",
            "destination": {"serviceResourceId": target, "subresourceTarget": "azuremonitor"},
        }
        for target in targets
    }
    network = {"isolationMode": "AllowInternetOutbound", "outboundRules": rules}
    workspace = declare(tokens.ML_WORKSPACE, ML_WORKSPACE_ID, {"managedNetwork": network})
    jobs = Place(PlaceKind.MANAGED_NETWORK, ML_WORKSPACE_ID)
    assert road(jobs, TELEMETRY, workspace, insights(), scope(), member()).verdict is verdict


ENVIRONMENT_ID = f"{GROUP}/providers/Microsoft.App/managedEnvironments/cae"
APP_ID = f"{GROUP}/providers/Microsoft.App/containerApps/ca"


def app(ingress: object, environment: Given = NOTHING) -> tuple[Resource, ...]:
    """An app in its environment."""
    given = {"managedEnvironmentId": ENVIRONMENT_ID, "configuration": {"ingress": ingress}}
    return (declare(ENVIRONMENT, ENVIRONMENT_ID, environment), declare(CONTAINER_APP, APP_ID, given))


@pytest.mark.parametrize(
    ("ingress", "environment", "verdict"),
    [
        ({"external": True}, {}, Verdict.OPEN),
        ({"external": True}, {"publicNetworkAccess": "Disabled"}, Verdict.CLOSED),
        ({"external": False}, {}, Verdict.CLOSED),
        (None, {}, Verdict.CLOSED),
        ({"external": True, "ipSecurityRestrictions": [{"action": "Allow"}]}, {}, Verdict.UNKNOWN),
    ],
)
def test_an_app_answers_where_its_ingress_and_environment_let_it(
    ingress: object, environment: dict[str, object], verdict: Verdict
) -> None:
    assert road(INTERNET, Door(APP_ID), *app(ingress, environment)).verdict is verdict


def test_an_environment_answers_at_its_private_endpoint() -> None:
    name = zone("privatelink.westeurope.azurecontainerapps.io")
    estate = (
        VNET,
        subnet(),
        endpoint(ENVIRONMENT_ID, "managedEnvironments"),
        zone_group("managedEnvironments", name.id),
        name,
        link(name, VNET.id),
        *app({"external": True}, {"publicNetworkAccess": "Disabled"}),
    )
    assert road(in_subnet(), Door(APP_ID), *estate).verdict is Verdict.OPEN


def test_an_internal_environment_answers_in_its_subnet() -> None:
    internal = {"vnetConfiguration": {"internal": True, "infrastructureSubnetId": f"{VNET.id}/subnets/apps"}}
    estate = (VNET, subnet(), subnet("apps", "10.1.4.0/23"), *app({"external": True}, internal))
    assert road(INTERNET, Door(APP_ID), *estate).verdict is Verdict.CLOSED
    assert road(in_subnet(), Door(APP_ID), *estate).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("given", "outside", "inside"),
    [
        ({"ipAddress": {"type": "Public"}}, Verdict.OPEN, Verdict.CLOSED),
        ({}, Verdict.CLOSED, Verdict.CLOSED),
        (
            {"ipAddress": {"type": "Private"}, "subnetIds": [{"id": f"{VNET.id}/subnets/groups"}]},
            Verdict.CLOSED,
            Verdict.OPEN,
        ),
    ],
)
def test_a_container_group_answers_at_its_address(
    given: dict[str, object], outside: Verdict, inside: Verdict
) -> None:
    """`nodes` have no way out."""
    arm_id = f"{GROUP}/providers/Microsoft.ContainerInstance/containerGroups/ci"
    estate = (VNET, subnet(), subnet("groups", "10.1.5.0/24"), declare(CONTAINER_GROUP, arm_id, given))
    assert road(INTERNET, Door(arm_id), *estate).verdict is outside
    assert road(in_subnet(), Door(arm_id), *estate).verdict is inside


@pytest.mark.parametrize(
    ("access", "of_workspace", "verdict"),
    [
        ("Enabled", "Disabled", Verdict.OPEN),
        ("Disabled", "Enabled", Verdict.OPEN),
        ("Disabled", "Disabled", Verdict.CLOSED),
    ],
)
def test_a_managed_endpoint_answers_itself_or_by_the_workspace(
    access: str, of_workspace: str, verdict: Verdict
) -> None:
    workspace = declare(tokens.ML_WORKSPACE, ML_WORKSPACE_ID, {"publicNetworkAccess": of_workspace})
    managed = declare(
        tokens.ML_ONLINE_ENDPOINT,
        f"{ML_WORKSPACE_ID}/onlineEndpoints/demand",
        {"properties": {"publicNetworkAccess": access}},
    )
    assert road(INTERNET, Door(managed.id), workspace, managed).verdict is verdict
