"""Names, firewalls and places that are unusual and valid: a road that exists is never called closed."""

from __future__ import annotations

import pytest

from rehearsal.model.resource import Resource
from rehearsal.model.unknown_texts import MARK
from rehearsal.model.values import UNKNOWN
from rehearsal.reachability.declared import LINK, RECORD
from rehearsal.reachability.model import Door, Place, PlaceKind, Road, Verdict
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP
from tests.rehearsal.reachability.estates import (
    BLOBS,
    NETWORKS,
    VNET,
    Given,
    account,
    declare,
    endpoint,
    firewalled,
    from_nodes,
    in_subnet,
    link,
    private_account,
    record,
    road,
    subnet,
    zone,
    zone_group,
)

NODES = f"{NETWORKS}/virtualNetworks/vnet/subnets/nodes"
GATEWAY: Given = {"natGateway": {"id": f"{NETWORKS}/natGateways/nat"}}
CORP = zone("corp.example.com")
INTERNET = Place(PlaceKind.INTERNET, name="the internet")


def to_host(host: str, *more: Resource) -> Road:
    """From a subnet with a way out, where the zone of the corporation is linked."""
    return road(in_subnet(), Door("", host=host), VNET, subnet(given=GATEWAY), CORP, *more)


# Names


@pytest.mark.parametrize(
    ("kind", "name", "host"),
    [
        ("CNAME", "api", "api.corp.example.com"),
        ("AAAA", "api", "api.corp.example.com"),
        ("CNAME", "*.apps", "api.apps.corp.example.com"),
    ],
)
def test_a_record_may_lead_to_another_name_or_to_ipv6(kind: str, name: str, host: str) -> None:
    leading = declare(RECORD, f"{CORP.id}/{kind}/{name}")
    assert to_host(host, link(CORP, VNET.id), leading).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("name", ["a.apps", "*.apps", "*"])
def test_a_wildcard_holds_every_name_below_it(name: str) -> None:
    found = to_host("a.apps.corp.example.com", link(CORP, VNET.id), record(CORP, name, "10.1.0.9"))
    assert found.verdict is Verdict.OPEN


def test_machines_register_their_names() -> None:
    given = {"virtualNetwork": {"id": VNET.id}, "registrationEnabled": True}
    registering = declare(LINK, f"{CORP.id}/virtualNetworkLinks/machines", given)
    assert to_host("vm.corp.example.com", registering).verdict is Verdict.UNKNOWN
    assert to_host("vm.corp.example.com", link(CORP, VNET.id)).verdict is Verdict.CLOSED


def test_a_record_by_hand_may_be_of_a_name_that_the_service_made_up() -> None:
    """Such as that of a Databricks workspace, which no endpoint's target is called."""
    parts = (VNET, subnet(), subnet("endpoints", "10.1.1.0/24"), account(), endpoint(account().id), zone())
    named = (link(zone(), VNET.id), zone_group("dfs", zone().id))
    assert road(in_subnet(), BLOBS, *parts, *named).verdict is Verdict.CLOSED
    by_hand = record(zone(), "adb-1234567890123456.7", "10.1.1.4")
    assert road(in_subnet(), BLOBS, *parts, *named, by_hand).verdict is Verdict.UNKNOWN


# Firewalls of services


@pytest.mark.parametrize("access", ["enabled", "Enabled", "ENABLED"])
def test_enumerations_are_written_in_any_case(access: str) -> None:
    vault = declare(
        tokens.VAULT,
        f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv",
        {"properties": {"publicNetworkAccess": access}},
    )
    assert road(INTERNET, Door(vault.id, "vault"), vault).verdict is Verdict.OPEN


@pytest.mark.parametrize("rules", [UNKNOWN, [{"iPAddressOrRange": UNKNOWN}]])
def test_an_address_that_the_service_makes_up_may_be_the_one(rules: object) -> None:
    assert from_nodes(firewalled(ipRules=rules), GATEWAY).verdict is Verdict.UNKNOWN
    assert from_nodes(firewalled(ipRules=[]), GATEWAY).verdict is Verdict.CLOSED


@pytest.mark.parametrize(
    ("type_", "path", "given"),
    [
        (
            "search:Service",
            "Microsoft.Search/searchServices/s",
            {"networkRuleSet": {"ipRules": [{"value": "1.2.3.4"}]}},
        ),
        (
            "cosmosdb:DatabaseAccount",
            "Microsoft.DocumentDB/databaseAccounts/s",
            {"isVirtualNetworkFilterEnabled": True},
        ),
        (
            "machinelearningservices:Workspace",
            "Microsoft.MachineLearningServices/workspaces/s",
            {"ipAllowlist": ["1.2.3.4"]},
        ),
    ],
)
def test_a_firewall_that_is_not_judged_makes_a_road_unknown(type_: str, path: str, given: Given) -> None:
    service = declare(f"azure-native:{type_}", f"{GROUP}/providers/{path}", given)
    assert road(INTERNET, Door(service.id), service).verdict is Verdict.UNKNOWN


def test_a_rule_set_beside_an_event_hub_is_its_firewall() -> None:
    hub = declare("azure-native:eventhub:Namespace", f"{GROUP}/providers/Microsoft.EventHub/namespaces/eh")
    rules = declare("azure-native:eventhub:NamespaceNetworkRuleSet", f"{hub.id}/networkRuleSets/default")
    assert road(INTERNET, Door(hub.id, "namespace"), hub).verdict is Verdict.OPEN
    assert road(INTERNET, Door(hub.id, "namespace"), hub, rules).verdict is Verdict.UNKNOWN


# Where applications and machines stand


def test_a_web_app_calls_from_its_subnet() -> None:
    app_id = f"{GROUP}/providers/Microsoft.Web/sites/app"
    place = Place(PlaceKind.SERVICE, app_id)
    inside = declare("azure-native:web:WebApp", app_id, {"virtualNetworkSubnetId": NODES})
    outside = declare("azure-native:web:WebApp", app_id)
    assert road(place, BLOBS, *private_account(), inside).verdict is Verdict.OPEN
    assert road(place, BLOBS, *private_account(), outside).verdict is Verdict.CLOSED
    assert (
        road(place, Door("", host="packages.example.com"), *private_account(), inside).verdict is Verdict.OPEN
    )


def test_a_machine_calls_from_its_interface() -> None:
    interface = declare(
        "azure-native:network:NetworkInterface",
        f"{NETWORKS}/networkInterfaces/nic",
        {"ipConfigurations": [{"name": "it", "subnet": {"id": NODES}}]},
    )
    machine_id = f"{GROUP}/providers/Microsoft.Compute/virtualMachines/vm"
    given = {"networkProfile": {"networkInterfaces": [{"id": interface.id}]}}
    machine = declare("azure-native:compute:VirtualMachine", machine_id, given)
    place = Place(PlaceKind.SERVICE, machine_id)
    assert road(place, BLOBS, *private_account(), machine, interface).verdict is Verdict.OPEN


@pytest.mark.parametrize("kind", [kind for kind in PlaceKind if kind is not PlaceKind.INTERNET])
def test_where_another_stack_says_that_somebody_stands_is_not_known(kind: PlaceKind) -> None:
    place = Place(kind, f"{MARK}landing-zone-id", plane="classic")
    assert road(place, BLOBS, *private_account()).verdict is Verdict.UNKNOWN
