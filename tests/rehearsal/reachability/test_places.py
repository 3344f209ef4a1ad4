"""Where requests come from: planes of Databricks, pods, apps, and what stands in no network of one's own."""

from __future__ import annotations

import pytest

from rehearsal.model.resource import Resource
from rehearsal.reachability.model import Door, Place, PlaceKind, Verdict
from rehearsal.reachability.origins import CONTAINER_APP, CONTAINER_GROUP, ENVIRONMENT
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import CLUSTER_ID, DATABRICKS_ID, GROUP, ML_WORKSPACE_ID
from tests.rehearsal.reachability.estates import (
    BLOBS,
    NETWORKS,
    NOTHING,
    VNET,
    Given,
    account,
    declare,
    guarded,
    private_account,
    relied_on,
    road,
    security_group,
    security_rule,
    subnet,
)

NODES = f"{VNET.id}/subnets/nodes"
OPEN = {"publicNetworkAccess": "Enabled", "networkRuleSet": {"defaultAction": "Allow"}}
CLASSIC = Place(PlaceKind.DATABRICKS, DATABRICKS_ID, "classic")


def databricks(given: Given = NOTHING, **parameters: object) -> Resource:
    """A workspace with its parameters."""
    stated = {key: {"value": value} for key, value in parameters.items()}
    return declare(tokens.DATABRICKS_WORKSPACE, DATABRICKS_ID, {"parameters": stated, **given})


def injected() -> Resource:
    """One whose nodes stand in two subnets of ours."""
    return databricks(
        customVirtualNetworkId=VNET.id,
        customPublicSubnetName="host",
        customPrivateSubnetName="container",
        enableNoPublicIp=True,
    )


def test_classic_nodes_come_from_both_injected_subnets() -> None:
    both = (subnet("host", "10.1.2.0/24"), subnet("container", "10.1.3.0/24"))
    found = road(CLASSIC, BLOBS, *private_account(), injected(), *both)
    assert found.verdict is Verdict.OPEN
    assert {"host", "container"} <= set(relied_on(found))
    group = security_group("nsg", security_rule("Outbound", "Deny"))
    shut = (subnet("host", "10.1.2.0/24"), subnet("container", "10.1.3.0/24", guarded(group)))
    assert road(CLASSIC, BLOBS, *private_account(), injected(), group, *shut).verdict is Verdict.CLOSED


def test_a_network_that_databricks_makes_is_peered_with_nothing() -> None:
    assert road(CLASSIC, BLOBS, *private_account(), databricks()).verdict is Verdict.CLOSED
    assert road(CLASSIC, BLOBS, account(given=OPEN), databricks()).verdict is Verdict.OPEN


def test_the_control_plane_passes_as_the_workspace_and_its_connector() -> None:
    control = Place(PlaceKind.DATABRICKS, DATABRICKS_ID, "control")
    connector = f"{GROUP}/providers/Microsoft.Databricks/accessConnectors/dbac"
    workspace = databricks({"accessConnector": {"id": connector}})
    named = account(
        given={"networkRuleSet": {"bypass": "None", "resourceAccessRules": [{"resourceId": connector}]}}
    )
    assert road(control, BLOBS, workspace, named).verdict is Verdict.OPEN
    assert road(control, BLOBS, workspace, account()).verdict is Verdict.CLOSED


def test_the_workspaces_own_storage_answers_nobody_in_public_behind_its_firewall() -> None:
    managed = f"{GROUP}-managed"
    workspace = databricks(
        {"managedResourceGroupId": managed, "defaultStorageFirewall": "Enabled"}, storageAccountName="stdbw"
    )
    door = Door(f"{managed}/providers/Microsoft.Storage/storageAccounts/stdbw", "dfs")
    assert road(CLASSIC, door, workspace).verdict is Verdict.CLOSED
    unguarded = databricks({"managedResourceGroupId": managed}, storageAccountName="stdbw")
    assert road(CLASSIC, door, unguarded).verdict is Verdict.UNKNOWN


PODS = Place(PlaceKind.KUBERNETES, CLUSTER_ID)


def cluster(subnet_id: str = "", outbound: str = "loadBalancer") -> Resource:
    """A cluster of one pool."""
    pool = {"name": "system", "vnetSubnetID": subnet_id} if subnet_id else {"name": "system"}
    given = {"agentPoolProfiles": [pool], "networkProfile": {"outboundType": outbound}}
    return declare(tokens.AKS, CLUSTER_ID, given)


def test_pods_come_from_the_subnets_of_every_pool() -> None:
    assert road(PODS, BLOBS, *private_account(), cluster(NODES)).verdict is Verdict.OPEN
    more = declare(
        tokens.AGENT_POOL, f"{CLUSTER_ID}/agentPools/more", {"vnetSubnetID": f"{VNET.id}/subnets/more"}
    )
    group = security_group("nsg", security_rule("Outbound", "Deny"))
    shut = subnet("more", "10.1.4.0/24", guarded(group))
    found = road(PODS, BLOBS, *private_account(), cluster(NODES), more, group, shut)
    assert found.verdict is Verdict.CLOSED


@pytest.mark.parametrize(
    ("subnet_id", "outbound", "verdict"),
    [
        ("", "loadBalancer", Verdict.OPEN),
        (NODES, "loadBalancer", Verdict.OPEN),
        (NODES, "managedNATGateway", Verdict.OPEN),
        (NODES, "userAssignedNATGateway", Verdict.CLOSED),
        (NODES, "userDefinedRouting", Verdict.CLOSED),
    ],
)
def test_a_cluster_leaves_by_its_own_balancer_or_by_the_subnets_way(
    subnet_id: str, outbound: str, verdict: Verdict
) -> None:
    """The subnet here has neither gateway nor route."""
    found = road(PODS, BLOBS, VNET, subnet(), account(given=OPEN), cluster(subnet_id, outbound))
    assert found.verdict is verdict


def test_an_app_stands_where_its_environment_does() -> None:
    inside = declare(
        ENVIRONMENT,
        f"{GROUP}/providers/Microsoft.App/managedEnvironments/cae",
        {"vnetConfiguration": {"infrastructureSubnetId": NODES}},
    )
    apart = declare(ENVIRONMENT, inside.id)
    app = declare(
        CONTAINER_APP,
        f"{GROUP}/providers/Microsoft.App/containerApps/ca",
        {"managedEnvironmentId": inside.id},
    )
    place = Place(PlaceKind.SERVICE, app.id)
    assert road(place, BLOBS, *private_account(), inside, app).verdict is Verdict.OPEN
    assert road(place, BLOBS, *private_account(), apart, app).verdict is Verdict.CLOSED
    assert road(place, BLOBS, account(given=OPEN), apart, app).verdict is Verdict.OPEN
    assert road(place, BLOBS, *private_account(), app).verdict is Verdict.UNKNOWN


def test_a_container_group_stands_in_its_subnet_or_nowhere() -> None:
    arm_id = f"{GROUP}/providers/Microsoft.ContainerInstance/containerGroups/ci"
    place = Place(PlaceKind.SERVICE, arm_id)
    inside = declare(CONTAINER_GROUP, arm_id, {"subnetIds": [{"id": NODES}]})
    assert road(place, BLOBS, *private_account(), inside).verdict is Verdict.OPEN
    assert road(place, BLOBS, *private_account(), declare(CONTAINER_GROUP, arm_id)).verdict is Verdict.CLOSED


def test_ml_compute_stands_in_its_subnet_or_in_the_managed_network() -> None:
    arm_id = f"{ML_WORKSPACE_ID}/computes/cpu"
    place = Place(PlaceKind.SERVICE, arm_id)
    workspace = declare(tokens.ML_WORKSPACE, ML_WORKSPACE_ID)
    inside = {"properties": {"computeType": "AmlCompute", "properties": {"subnet": {"id": NODES}}}}
    apart = {"properties": {"computeType": "AmlCompute"}}
    attached = {"properties": {"computeType": "Kubernetes", "resourceId": CLUSTER_ID}}
    for given, verdict in ((inside, Verdict.OPEN), (apart, Verdict.CLOSED), (attached, Verdict.OPEN)):
        compute = declare(tokens.ML_COMPUTE, arm_id, given)
        assert road(place, BLOBS, *private_account(), workspace, cluster(NODES), compute).verdict is verdict


def test_a_workspace_calls_as_itself() -> None:
    workspace = declare(tokens.ML_WORKSPACE, ML_WORKSPACE_ID)
    trusting = account(given={"networkRuleSet": {"bypass": "AzureServices"}})
    found = road(Place(PlaceKind.SERVICE, ML_WORKSPACE_ID), BLOBS, workspace, trusting)
    assert found.verdict is Verdict.OPEN
    assert "trusted-azure-services" in found.source


@pytest.mark.parametrize("kind", [PlaceKind.SERVICE, PlaceKind.KUBERNETES, PlaceKind.DATABRICKS])
def test_nothing_is_said_of_a_place_that_nobody_declares(kind: PlaceKind) -> None:
    assert road(Place(kind, f"{NETWORKS}/unknown/thing"), BLOBS, account()).verdict is Verdict.UNKNOWN
