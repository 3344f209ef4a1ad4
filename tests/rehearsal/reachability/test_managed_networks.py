"""Networks that services manage: what they have endpoints to, and what they are let out to."""

from __future__ import annotations

import pytest

from rehearsal.model.resource import Resource
from rehearsal.reachability.managed_networks import NCC_RULE
from rehearsal.reachability.model import Door, Place, PlaceKind, Verdict
from rehearsal.rules import tokens
from rehearsal.rules.datafactory.networks import ENDPOINT, RUNTIME
from rehearsal.rules.datafactory.parts import LINKED_SERVICE
from rehearsal.rules.example_azure import DATABRICKS_ID, GROUP, ML_WORKSPACE_ID
from tests.rehearsal.reachability.estates import (
    BLOBS,
    NOTHING,
    Given,
    account,
    declare,
    relied_on,
    road,
)

JOBS = Place(PlaceKind.MANAGED_NETWORK, ML_WORKSPACE_ID, name="jobs")
SPARK = Place(PlaceKind.MANAGED_NETWORK, ML_WORKSPACE_ID, "spark", "Spark")
VAULT_ID = f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv"
LAKE = account("lake")
OPEN = {"publicNetworkAccess": "Enabled", "networkRuleSet": {"defaultAction": "Allow"}}


def workspace(mode: str, rules: Given = NOTHING, **given: object) -> Resource:
    """A workspace on `stdata`, with a managed network."""
    network = {"isolationMode": mode, "outboundRules": dict(rules)}
    return declare(
        tokens.ML_WORKSPACE,
        ML_WORKSPACE_ID,
        {"storageAccount": BLOBS.target, "managedNetwork": network, **given},
    )


def to(target: Resource, part: str, *, spark: bool = False) -> dict[str, object]:
    """An outbound rule by private endpoint."""
    destination = {"serviceResourceId": target.id, "subresourceTarget": part, "sparkEnabled": spark}
    return {"type": "PrivateEndpoint", "destination": destination}


@pytest.mark.parametrize(
    ("mode", "target", "verdict"),
    [
        ("AllowInternetOutbound", account(), Verdict.OPEN),
        ("AllowInternetOutbound", account(given=OPEN), Verdict.OPEN),
        ("AllowOnlyApprovedOutbound", account(), Verdict.OPEN),
        ("AllowOnlyApprovedOutbound", account(given=OPEN), Verdict.OPEN),
        ("Disabled", account(), Verdict.CLOSED),
        ("Disabled", account(given=OPEN), Verdict.OPEN),
    ],
)
def test_the_workspaces_own_storage_has_a_rule_by_itself(
    mode: str, target: Resource, verdict: Verdict
) -> None:
    assert road(JOBS, BLOBS, workspace(mode), target).verdict is verdict


def test_a_firewall_of_listed_addresses_keeps_jobs_out() -> None:
    """No rule by itself: the account is not closed. Nobody knows the addresses of the managed network."""
    rules = {
        "defaultAction": "Deny",
        "bypass": "AzureServices",
        "ipRules": [{"iPAddressOrRange": "203.0.113.0/24"}],
    }
    listed = account(given={"publicNetworkAccess": "Enabled", "networkRuleSet": rules})
    found = road(JOBS, BLOBS, workspace("AllowInternetOutbound"), listed)
    assert found.verdict is Verdict.CLOSED
    assert "the address of jobs" in found.missing
    ruled = workspace("AllowInternetOutbound", {"data": to(listed, "blob")})
    assert road(JOBS, BLOBS, ruled, listed).verdict is Verdict.OPEN


def test_further_targets_need_rules_of_their_own() -> None:
    door = Door(LAKE.id, "dfs")
    for mode in ("AllowInternetOutbound", "AllowOnlyApprovedOutbound"):
        assert road(JOBS, door, workspace(mode), account(), LAKE).verdict is Verdict.CLOSED
        ruled = workspace(mode, {"lake": to(LAKE, "dfs")})
        found = road(JOBS, door, ruled, account(), LAKE)
        assert found.verdict is Verdict.OPEN
        assert relied_on(found) == [ruled.name]
        assert road(JOBS, Door(LAKE.id, "blob"), ruled, account(), LAKE).verdict is Verdict.CLOSED


def test_a_rule_beside_the_workspace_counts_and_is_named() -> None:
    beside = declare(
        tokens.ML_OUTBOUND_RULE, f"{ML_WORKSPACE_ID}/outboundRules/lake", {"properties": to(LAKE, "dfs")}
    )
    found = road(JOBS, Door(LAKE.id, "dfs"), workspace("AllowOnlyApprovedOutbound"), beside, LAKE)
    assert found.verdict is Verdict.OPEN
    assert "lake" in relied_on(found)


def test_approved_outbound_opens_no_storage_by_name() -> None:
    public = account("lake", OPEN)
    named = workspace(
        "AllowOnlyApprovedOutbound", {"x": {"type": "FQDN", "destination": "*.dfs.core.windows.net"}}
    )
    assert road(JOBS, Door(public.id, "dfs"), named, public).verdict is Verdict.CLOSED
    assert (
        road(JOBS, Door(public.id, "dfs"), workspace("AllowInternetOutbound"), public).verdict is Verdict.OPEN
    )
    tagged = workspace(
        "AllowOnlyApprovedOutbound",
        {"x": {"type": "ServiceTag", "destination": {"serviceTag": "Storage.westeurope"}}},
    )
    assert road(JOBS, Door(public.id, "dfs"), tagged, public).verdict is Verdict.OPEN


@pytest.mark.parametrize(
    ("place", "host", "verdict"),
    [
        (JOBS, "packages.example.com", Verdict.OPEN),
        (JOBS, "mirror.example.org", Verdict.OPEN),
        (JOBS, "other.example.com", Verdict.CLOSED),
        (JOBS, "mcr.microsoft.com", Verdict.OPEN),
        (JOBS, "management.azure.com", Verdict.OPEN),
        (JOBS, "something.azure.com", Verdict.UNKNOWN),
        (SPARK, "packages.example.com", Verdict.CLOSED),
    ],
)
def test_approved_outbound_knows_hosts_by_rules_and_tags(place: Place, host: str, verdict: Verdict) -> None:
    names = ("packages.example.com", "*.example.org")
    rules = {f"host-{index}": {"type": "FQDN", "destination": name} for index, name in enumerate(names)}
    assert road(place, Door("", host=host), workspace("AllowOnlyApprovedOutbound", rules)).verdict is verdict
    assert road(JOBS, Door("", host=host), workspace("AllowInternetOutbound")).verdict is Verdict.OPEN


def test_a_host_rule_has_two_ports() -> None:
    named = workspace("AllowOnlyApprovedOutbound", {"x": {"type": "FQDN", "destination": "git.example.com"}})
    assert road(JOBS, Door("", host="git.example.com", port=22), named).verdict is Verdict.CLOSED


def test_spark_reaches_what_rules_enable_for_it() -> None:
    plain = workspace("AllowOnlyApprovedOutbound", {"data": to(account(), "blob")})
    enabled = workspace("AllowOnlyApprovedOutbound", {"data": to(account(), "blob", spark=True)})
    assert road(SPARK, BLOBS, plain, account()).verdict is Verdict.CLOSED
    assert road(SPARK, BLOBS, enabled, account()).verdict is Verdict.OPEN
    assert road(SPARK, Door(ML_WORKSPACE_ID, "amlworkspace"), plain).verdict is Verdict.OPEN


def test_a_workspace_of_others_says_nothing_of_its_network() -> None:
    assert road(JOBS, BLOBS, account()).verdict is Verdict.UNKNOWN


FACTORY = declare(
    "azure-native:datafactory:Factory", f"{GROUP}/providers/Microsoft.DataFactory/factories/adf"
)
MANAGED = declare(
    RUNTIME,
    f"{FACTORY.id}/integrationRuntimes/managed",
    {"properties": {"type": "Managed", "managedVirtualNetwork": {"a": 1}}},
)
BY_FACTORY = Place(PlaceKind.SERVICE, FACTORY.id, name="the factory")


def managed_endpoint(target: str, group: str) -> Resource:
    """One of the factory's."""
    given = {"properties": {"privateLinkResourceId": target, "groupId": group}}
    return declare(
        ENDPOINT, f"{FACTORY.id}/managedVirtualNetworks/default/managedprivateendpoints/data", given
    )


def test_a_factory_goes_over_its_managed_endpoints() -> None:
    reached = managed_endpoint(BLOBS.target, "blob")
    found = road(BY_FACTORY, BLOBS, FACTORY, MANAGED, reached, account())
    assert found.verdict is Verdict.OPEN
    assert [hop.taken for hop in found.hops] == [True]
    assert road(BY_FACTORY, BLOBS, FACTORY, MANAGED, account()).verdict is Verdict.CLOSED
    assert road(BY_FACTORY, BLOBS, FACTORY, MANAGED, account(given=OPEN)).verdict is Verdict.OPEN


def test_whether_a_runtime_in_the_managed_network_is_trusted_nobody_says() -> None:
    trusting = account(given={"networkRuleSet": {"bypass": "AzureServices", "defaultAction": "Deny"}})
    own = Place(PlaceKind.SERVICE, FACTORY.id, "azure")
    assert road(BY_FACTORY, BLOBS, FACTORY, MANAGED, trusting).verdict is Verdict.UNKNOWN
    assert (
        road(Place(PlaceKind.SERVICE, MANAGED.id), BLOBS, FACTORY, MANAGED, trusting).verdict
        is Verdict.UNKNOWN
    )
    assert road(own, BLOBS, FACTORY, MANAGED, trusting).verdict is Verdict.OPEN


def test_a_factory_calls_from_azure_too_where_a_linked_service_names_no_runtime() -> None:
    trusting = account(given={"networkRuleSet": {"bypass": "AzureServices", "defaultAction": "Deny"}})
    estate = (FACTORY, MANAGED, trusting)
    by_runtime = {"properties": {"connectVia": {"referenceName": "managed"}}}
    named = declare(LINKED_SERVICE, f"{FACTORY.id}/linkedservices/data", by_runtime)
    unnamed = declare(LINKED_SERVICE, f"{FACTORY.id}/linkedservices/secrets")
    assert road(BY_FACTORY, BLOBS, *estate, named).verdict is Verdict.UNKNOWN
    assert road(BY_FACTORY, BLOBS, *estate, named, unnamed).verdict is Verdict.OPEN


def test_a_runtime_of_ones_own_stands_where_its_owner_put_it() -> None:
    hosted = declare(RUNTIME, f"{FACTORY.id}/integrationRuntimes/own", {"properties": {"type": "SelfHosted"}})
    assert (
        road(Place(PlaceKind.SERVICE, hosted.id), BLOBS, FACTORY, hosted, account()).verdict
        is Verdict.UNKNOWN
    )


def synapse(*, closed: bool) -> Resource:
    """A workspace whose lake is `stdata`."""
    given = {
        "managedVirtualNetwork": "default",
        "managedVirtualNetworkSettings": {"preventDataExfiltration": closed},
        "defaultDataLakeStorage": {"resourceId": BLOBS.target, "createManagedPrivateEndpoint": True},
    }
    return declare(tokens.SYNAPSE_WORKSPACE, f"{GROUP}/providers/Microsoft.Synapse/workspaces/syn", given)


def test_synapses_spark_goes_over_managed_endpoints_of_which_one_is_declared() -> None:
    spark = Place(PlaceKind.SERVICE, synapse(closed=True).id, "spark")
    assert road(spark, Door(BLOBS.target, "dfs"), synapse(closed=True), account()).verdict is Verdict.OPEN
    assert road(spark, Door(LAKE.id, "dfs"), synapse(closed=True), LAKE).verdict is Verdict.UNKNOWN
    assert road(spark, Door(LAKE.id, "dfs"), synapse(closed=False), LAKE).verdict is Verdict.UNKNOWN
    public = account("lake", OPEN)
    assert road(spark, Door(LAKE.id, "dfs"), synapse(closed=False), public).verdict is Verdict.OPEN


def test_serverless_sql_comes_as_the_workspace() -> None:
    sql = Place(PlaceKind.SERVICE, synapse(closed=True).id)
    rule = {"resourceId": synapse(closed=True).id}
    let_in = account(given={"networkRuleSet": {"bypass": "None", "resourceAccessRules": [rule]}})
    assert road(sql, BLOBS, synapse(closed=True), let_in).verdict is Verdict.OPEN
    assert road(sql, BLOBS, synapse(closed=True), account()).verdict is Verdict.CLOSED


def test_serverless_databricks_goes_over_a_connectivity_configuration() -> None:
    serverless = Place(PlaceKind.DATABRICKS, DATABRICKS_ID, "serverless")
    databricks = declare(tokens.DATABRICKS_WORKSPACE, DATABRICKS_ID)
    rule = declare(NCC_RULE, "ncc/rule", {"resourceId": BLOBS.target, "groupId": "blob"})
    assert road(serverless, BLOBS, databricks, account()).verdict is Verdict.CLOSED
    assert road(serverless, BLOBS, databricks, account(given=OPEN)).verdict is Verdict.OPEN
    assert road(serverless, BLOBS, databricks, account(), rule).verdict is Verdict.OPEN
