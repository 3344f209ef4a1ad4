"""Public endpoints: whom they let in, and how machines in a network come out to them."""

from __future__ import annotations

import pytest

from rehearsal.model.resource import Resource
from rehearsal.reachability.model import Door, Place, PlaceKind, Verdict
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP
from tests.rehearsal.reachability.estates import (
    BLOBS,
    INTERNET,
    NETWORKS,
    OFFICE,
    VNET,
    account,
    declare,
    guarded,
    in_subnet,
    relied_on,
    road,
    security_group,
    security_rule,
    subnet,
)

OPEN = {"publicNetworkAccess": "Enabled", "networkRuleSet": {"defaultAction": "Allow"}}
FACTORY = declare(
    "azure-native:datafactory:Factory", f"{GROUP}/providers/Microsoft.DataFactory/factories/adf"
)


def behind_firewall(**rules: object) -> Resource:
    """A storage account that answers whom its rules name."""
    stated = {"defaultAction": "Deny", "bypass": "None", **rules}
    return account(given={"publicNetworkAccess": "Enabled", "networkRuleSet": stated})


def by_address(range_: str) -> Resource:
    """One that answers a range of addresses."""
    return behind_firewall(ipRules=[{"iPAddressOrRange": range_}])


@pytest.mark.parametrize(
    ("place", "target", "verdict"),
    [
        (INTERNET, account(), Verdict.CLOSED),
        (INTERNET, account(given=OPEN), Verdict.OPEN),
        (OFFICE, behind_firewall(), Verdict.CLOSED),
        (OFFICE, by_address("203.0.113.0/24"), Verdict.OPEN),
        (OFFICE, by_address("203.0.113.0/25"), Verdict.CLOSED),
        (INTERNET, by_address("203.0.113.0/24"), Verdict.CLOSED),
        (INTERNET, by_address("0.0.0.0/0"), Verdict.OPEN),
        (INTERNET, account(given={"publicNetworkAccess": "SecuredByPerimeter"}), Verdict.UNKNOWN),
    ],
)
def test_a_storage_account_lets_in_whom_it_names(place: Place, target: Resource, verdict: Verdict) -> None:
    found = road(place, BLOBS, target)
    assert found.verdict is verdict
    assert found.verdict is Verdict.OPEN or "stdata" in found.missing


def test_what_somebody_else_made_is_unknown() -> None:
    assert road(INTERNET, BLOBS).verdict is Verdict.UNKNOWN
    read = declare(tokens.STORAGE_ACCOUNT, BLOBS.target, read=True)
    assert road(INTERNET, BLOBS, read).verdict is Verdict.UNKNOWN


def test_a_part_of_a_service_is_behind_the_services_door() -> None:
    container = Door(f"{BLOBS.target}/blobServices/default/containers/raw", "blob")
    assert road(INTERNET, container, account(given=OPEN)).verdict is Verdict.OPEN
    assert road(INTERNET, container, account()).verdict is Verdict.CLOSED


@pytest.mark.parametrize(
    ("rules", "verdict"),
    [
        ({}, Verdict.CLOSED),
        ({"bypass": "AzureServices"}, Verdict.OPEN),
        ({"bypass": "Logging, AzureServices"}, Verdict.OPEN),
        ({"resourceAccessRules": [{"resourceId": FACTORY.id}]}, Verdict.OPEN),
        (
            {"resourceAccessRules": [{"resourceId": f"{GROUP}/providers/Microsoft.DataFactory/factories/*"}]},
            Verdict.OPEN,
        ),
        (
            {"resourceAccessRules": [{"resourceId": f"{GROUP}/providers/Microsoft.Synapse/workspaces/*"}]},
            Verdict.CLOSED,
        ),
    ],
)
def test_a_service_passes_as_a_trusted_one_or_by_a_rule_for_it(
    rules: dict[str, object], verdict: Verdict
) -> None:
    """Also where public access is disabled."""
    place = Place(PlaceKind.SERVICE, FACTORY.id)
    for access in ("Enabled", "Disabled"):
        stated = {"defaultAction": "Deny", "bypass": "None", **rules}
        target = account(given={"publicNetworkAccess": access, "networkRuleSet": stated})
        assert road(place, BLOBS, FACTORY, target).verdict is verdict


def test_a_vault_trusts_services_only_where_it_says_so() -> None:
    vault_id = f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv"
    place = Place(PlaceKind.SERVICE, FACTORY.id)
    for acls, verdict in (
        ({"defaultAction": "Deny"}, Verdict.CLOSED),
        ({"defaultAction": "Deny", "bypass": "AzureServices"}, Verdict.OPEN),
    ):
        vault = declare(tokens.VAULT, vault_id, {"properties": {"networkAcls": acls}})
        assert road(place, Door(vault_id, "vault"), FACTORY, vault).verdict is verdict


def test_a_service_that_is_not_on_the_list_is_not_trusted() -> None:
    app = declare("azure-native:logic:Workflow", f"{GROUP}/providers/Microsoft.Logic/workflows/flow")
    vault = declare(
        tokens.VAULT,
        f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv",
        {"properties": {"networkAcls": {"defaultAction": "Deny", "bypass": "AzureServices"}}},
    )
    assert (
        road(Place(PlaceKind.SERVICE, app.id), Door(vault.id, "vault"), app, vault).verdict is Verdict.CLOSED
    )


def test_synapse_lets_in_ranges_and_azure() -> None:
    workspace = declare(
        tokens.SYNAPSE_WORKSPACE,
        f"{GROUP}/providers/Microsoft.Synapse/workspaces/syn",
        {"workspaceName": "syn"},
    )
    door = Door(workspace.id, "SqlOnDemand", port=1433)
    given = {"workspaceName": "syn", "startIpAddress": "203.0.113.0", "endIpAddress": "203.0.113.255"}
    office = declare(tokens.SYNAPSE_FIREWALL_RULE, f"{workspace.id}/firewallRules/office", given)
    zero = {"workspaceName": "syn", "startIpAddress": "0.0.0.0", "endIpAddress": "0.0.0.0"}
    azure = declare(tokens.SYNAPSE_FIREWALL_RULE, f"{workspace.id}/firewallRules/azure", zero)
    by_factory = Place(PlaceKind.SERVICE, FACTORY.id)
    let_in = road(OFFICE, door, workspace, office)
    assert let_in.verdict is Verdict.OPEN
    assert relied_on(let_in) == ["syn", "office"]
    assert road(INTERNET, door, workspace, office).verdict is Verdict.CLOSED
    assert road(by_factory, door, workspace, FACTORY).verdict is Verdict.CLOSED
    assert road(by_factory, door, workspace, FACTORY, azure).verdict is Verdict.OPEN
    assert road(OFFICE, door, workspace, azure).verdict is Verdict.CLOSED


def test_databricks_lets_in_the_addresses_of_its_lists() -> None:
    workspace = declare(tokens.DATABRICKS_WORKSPACE, f"{GROUP}/providers/Microsoft.Databricks/workspaces/dbw")
    door = Door(workspace.id, "databricks_ui_api")
    on = declare(tokens.WORKSPACE_CONF, "conf", {"customConfig": {"enableIpAccessLists": "true"}})
    allowed = {"listType": "ALLOW", "ipAddresses": ["203.0.113.0/24"]}
    listed = declare("databricks:index/ipAccessList:IpAccessList", "office", allowed)
    assert road(INTERNET, door, workspace).verdict is Verdict.OPEN
    assert road(INTERNET, door, workspace, listed).verdict is Verdict.OPEN
    assert road(INTERNET, door, workspace, on, listed).verdict is Verdict.CLOSED
    assert road(OFFICE, door, workspace, on, listed).verdict is Verdict.OPEN


# The way out of a subnet.


def test_a_subnet_without_any_way_out_is_closed_in() -> None:
    found = road(in_subnet(), BLOBS, VNET, subnet(), account(given=OPEN))
    assert found.verdict is Verdict.CLOSED
    assert "neither a NAT gateway nor a route" in found.missing


def test_what_a_subnet_does_not_say_depends_on_the_api() -> None:
    silent = subnet(given={"defaultOutboundAccess": None})
    assert road(in_subnet(), BLOBS, VNET, silent, account(given=OPEN)).verdict is Verdict.UNKNOWN


def gateway() -> tuple[Resource, ...]:
    """A NAT gateway with an address that Azure gives out."""
    address = declare(
        tokens.PUBLIC_IP, f"{NETWORKS}/publicIPAddresses/ip", outputs={"ipAddress": "192.0.2.20"}
    )
    nat = declare(
        tokens.NAT_GATEWAY, f"{NETWORKS}/natGateways/out", {"publicIpAddresses": [{"id": address.id}]}
    )
    return (VNET, address, nat, subnet(given={"natGateway": {"id": nat.id}}))


def test_a_gateway_leads_out() -> None:
    found = road(in_subnet(), BLOBS, *gateway(), account(given=OPEN))
    assert found.verdict is Verdict.OPEN
    assert "out" in relied_on(found)
    assert road(in_subnet(), BLOBS, *gateway(), account()).verdict is Verdict.CLOSED


def test_an_address_that_azure_gives_out_is_let_in_where_the_rule_takes_it_from_there() -> None:
    assert road(in_subnet(), BLOBS, *gateway(), by_address("192.0.2.20")).verdict is Verdict.OPEN
    assert road(in_subnet(), BLOBS, *gateway(), by_address("203.0.113.0/24")).verdict is Verdict.UNKNOWN
    assert road(in_subnet(), BLOBS, *gateway(), behind_firewall()).verdict is Verdict.CLOSED


def test_a_service_endpoint_and_a_rule_for_the_subnet_let_in() -> None:
    *others, _ = gateway()
    nodes = subnet(
        given={"natGateway": {"id": others[2].id}, "serviceEndpoints": [{"service": "Microsoft.Storage"}]}
    )
    target = behind_firewall(virtualNetworkRules=[{"virtualNetworkResourceId": nodes.id}])
    assert road(in_subnet(), BLOBS, *others, nodes, target).verdict is Verdict.OPEN
    assert road(in_subnet(), BLOBS, *gateway(), target).verdict is Verdict.CLOSED


@pytest.mark.parametrize(
    ("rules", "verdict"),
    [
        ([security_rule("Outbound", "Deny", 200)], Verdict.CLOSED),
        ([security_rule("Outbound", "Deny", 200, destinationAddressPrefix="Internet")], Verdict.CLOSED),
        (
            [
                security_rule("Outbound", "Allow", destinationAddressPrefix="Storage"),
                security_rule("Outbound", "Deny", 200),
            ],
            Verdict.OPEN,
        ),
        (
            [
                security_rule("Outbound", "Allow", destinationAddressPrefix="Storage.WestEurope"),
                security_rule("Outbound", "Deny", 200),
            ],
            Verdict.UNKNOWN,
        ),
        (
            [
                security_rule("Outbound", "Allow", destinationAddressPrefix="AzureKeyVault"),
                security_rule("Outbound", "Deny", 200),
            ],
            Verdict.CLOSED,
        ),
        (
            [
                security_rule("Outbound", "Allow", destinationAddressPrefix="AzureCloud"),
                security_rule("Outbound", "Deny", 200),
            ],
            Verdict.OPEN,
        ),
        ([security_rule("Outbound", "Deny", 200, destinationAddressPrefix="VirtualNetwork")], Verdict.OPEN),
    ],
)
def test_a_security_group_knows_services_by_their_tags(
    rules: list[dict[str, object]], verdict: Verdict
) -> None:
    *others, _ = gateway()
    group = security_group("nsg", *rules)
    nodes = subnet(given={"natGateway": {"id": others[2].id}, **guarded(group)})
    assert road(in_subnet(), BLOBS, *others, group, nodes, account(given=OPEN)).verdict is verdict


@pytest.mark.parametrize(
    ("hop", "verdict"),
    [("Internet", Verdict.OPEN), ("None", Verdict.CLOSED), ("VirtualAppliance", Verdict.UNKNOWN)],
)
def test_a_default_route_decides_before_the_gateway(hop: str, verdict: Verdict) -> None:
    *others, _ = gateway()
    route = {"name": "out", "addressPrefix": "0.0.0.0/0", "nextHopType": hop, "nextHopIpAddress": "10.0.0.4"}
    table = declare(tokens.ROUTE_TABLE, f"{NETWORKS}/routeTables/rt", {"routes": [route]})
    nodes = subnet(given={"natGateway": {"id": others[2].id}, "routeTable": {"id": table.id}})
    assert road(in_subnet(), BLOBS, *others, table, nodes, account(given=OPEN)).verdict is verdict


@pytest.mark.parametrize(
    ("rule", "host", "verdict"),
    [
        ({"targetFqdns": ["packages.example.com"]}, "packages.example.com", Verdict.OPEN),
        ({"targetFqdns": ["*.example.com"]}, "packages.example.com", Verdict.OPEN),
        ({"targetFqdns": ["other.example.com"]}, "packages.example.com", Verdict.CLOSED),
        ({"fqdnTags": ["AzureKubernetesService"]}, "mcr.microsoft.com", Verdict.UNKNOWN),
        ({"destinationAddresses": ["*"]}, "packages.example.com", Verdict.OPEN),
        ({"targetFqdns": ["*"], "sourceAddresses": ["10.9.0.0/16"]}, "packages.example.com", Verdict.CLOSED),
    ],
)
def test_a_firewall_of_the_program_lets_out_by_its_rules(
    rule: dict[str, object], host: str, verdict: Verdict
) -> None:
    policy = declare(tokens.FIREWALL_POLICY, f"{NETWORKS}/firewallPolicies/fw")
    firewall = declare(
        tokens.FIREWALL,
        f"{NETWORKS}/azureFirewalls/fw",
        {"firewallPolicy": {"id": policy.id}},
        outputs={"ipConfigurations": [{"privateIPAddress": "10.1.9.4"}]},
    )
    collection = {"name": "out", "action": {"type": "Allow"}, "rules": [{"name": "one", **rule}]}
    rules = declare(
        tokens.FIREWALL_RULES, f"{policy.id}/ruleCollectionGroups/out", {"ruleCollections": [collection]}
    )
    route = {"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.1.9.4"}
    table = declare(tokens.ROUTE_TABLE, f"{NETWORKS}/routeTables/rt", {"routes": [route]})
    nodes = subnet(given={"routeTable": {"id": table.id}})
    found = road(in_subnet(), Door("", host=host), VNET, policy, firewall, rules, table, nodes)
    assert found.verdict is verdict
