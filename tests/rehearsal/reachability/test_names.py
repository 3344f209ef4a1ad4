"""What a service's name resolves to where somebody asks decides which of its doors they come to."""

from __future__ import annotations

from rehearsal.model.values import UNKNOWN
from rehearsal.reachability.model import Door, Place, PlaceKind, Verdict
from tests.rehearsal.reachability.estates import (
    BLOBS,
    HUB_NETWORK,
    HUB_ZONES,
    NETWORKS,
    VNET,
    account,
    declare,
    endpoint,
    hub,
    in_subnet,
    link,
    network,
    peering,
    private_account,
    record,
    relied_on,
    road,
    subnet,
    zone,
    zone_group,
)

BLOB_ZONE = "privatelink.blob.core.windows.net"


def test_a_linked_zone_with_the_record_leads_to_the_endpoint() -> None:
    found = road(in_subnet(), BLOBS, *private_account())
    assert found.verdict is Verdict.OPEN
    assert {"names", BLOB_ZONE, "link-vnet", "pep-blob", "stdata"} <= set(relied_on(found))


def test_without_a_link_the_public_name_answers_and_is_closed() -> None:
    resources = [one for one in private_account() if not one.name.startswith("link-")]
    found = road(
        in_subnet(), BLOBS, *resources, subnet("nodes", given={"natGateway": {"id": f"{NETWORKS}/nat"}})
    )
    assert found.verdict is Verdict.CLOSED
    assert "is linked with vnet" in found.missing
    assert "publicNetworkAccess" in found.missing


def test_without_a_zone_group_the_linked_zone_answers_with_nothing() -> None:
    resources = [one for one in private_account() if one.name != "names"]
    found = road(in_subnet(), BLOBS, *resources)
    assert found.verdict is Verdict.CLOSED
    assert "has no record of pep-blob" in found.missing


def test_a_fallback_to_the_internet_finds_the_public_name() -> None:
    names, data = zone(), account(given={"publicNetworkAccess": "Enabled"})
    nodes = subnet(given={"natGateway": {"id": f"{NETWORKS}/natGateways/out"}})
    found = road(
        in_subnet(),
        BLOBS,
        VNET,
        nodes,
        data,
        endpoint(data.id),
        names,
        link(names, VNET.id, "NxDomainRedirect"),
    )
    assert found.verdict is Verdict.OPEN
    assert "pep-blob" not in relied_on(found)


def test_a_record_of_ones_own_does_for_a_zone_group() -> None:
    names = next(one for one in private_account() if one.name == BLOB_ZONE)
    resources = [one for one in private_account() if one.name != "names"]
    found = road(in_subnet(), BLOBS, *resources, record(names, "stdata", "10.1.8.4"))
    assert found.verdict is Verdict.OPEN


def test_every_zone_of_an_endpoint_is_needed() -> None:
    scope = declare("azure-native:monitor:PrivateLinkScope", f"{NETWORKS}/privateLinkScopes/ampls")
    workspace = declare(
        "azure-native:machinelearningservices:Workspace",
        f"{NETWORKS.partition('/providers/')[0]}/providers/Microsoft.MachineLearningServices/workspaces/mlw",
        {"publicNetworkAccess": "Disabled"},
    )
    api, notebooks = zone("privatelink.api.azureml.ms"), zone("privatelink.notebooks.azure.net")
    resources = (
        VNET,
        scope,
        workspace,
        subnet(),
        endpoint(workspace.id, "amlworkspace"),
        zone_group("amlworkspace", api.id, notebooks.id),
        api,
        notebooks,
        link(api, VNET.id),
    )
    door = Door(workspace.id, "amlworkspace")
    assert road(in_subnet(), door, *resources, link(notebooks, VNET.id)).verdict is Verdict.OPEN
    closed = road(in_subnet(), door, *resources)
    assert closed.verdict is Verdict.CLOSED
    assert "privatelink.notebooks.azure.net" in closed.missing


def test_a_zone_of_others_is_unknown_until_the_settings_say_that_it_answers() -> None:
    theirs = f"{HUB_ZONES}/{BLOB_ZONE}"
    resources = [
        one
        for one in private_account()
        if one.name not in ("names", BLOB_ZONE) and not one.name.startswith("link-")
    ]
    resources.append(zone_group("blob", theirs))
    assert road(in_subnet(), BLOBS, *resources).verdict is Verdict.UNKNOWN
    own = Place(PlaceKind.NETWORK, VNET.id, resolves=(BLOB_ZONE,))
    found = road(in_subnet(), BLOBS, *resources, places=(own,))
    assert found.verdict is Verdict.OPEN
    assert any(hop.taken and "as the settings say" in hop.what for hop in found.hops)


def test_another_zone_of_the_same_name_hides_the_record() -> None:
    """Two zones of one name are two: the record is in the hub's, and ours answers here."""
    mine = zone()
    resources = [one for one in private_account() if one.name != "names"]
    found = road(in_subnet(), BLOBS, *resources, zone_group("blob", f"{HUB_ZONES}/{BLOB_ZONE}"), mine)
    assert found.verdict is Verdict.CLOSED


def test_the_hub_resolves_what_the_settings_say() -> None:
    theirs = f"{HUB_ZONES}/{BLOB_ZONE}"
    resources = (
        *(one for one in private_account() if one.name != "names"),
        zone_group("blob", theirs),
        peering(VNET.id, HUB_NETWORK),
    )
    knows, does_not = hub(BLOB_ZONE), hub()
    assert road(knows, BLOBS, *resources, places=(knows,)).verdict is Verdict.OPEN
    assert road(does_not, BLOBS, *resources, places=(does_not,)).verdict is Verdict.CLOSED
    assert road(Place(PlaceKind.NETWORK, HUB_NETWORK), BLOBS, *resources).verdict is Verdict.UNKNOWN


def test_an_endpoint_whose_target_is_not_known_yet_may_be_the_one() -> None:
    resources = [one for one in private_account() if one.name not in ("pep-blob", "names")]
    later = endpoint(
        BLOBS.target, given={"privateLinkServiceConnections": [{"privateLinkServiceId": UNKNOWN}]}
    )
    assert road(in_subnet(), BLOBS, *resources).verdict is Verdict.CLOSED
    assert road(in_subnet(), BLOBS, *resources, later).verdict is Verdict.UNKNOWN


def test_servers_of_ones_own_resolve_nobody_knows_what() -> None:
    asked = network(given={"dhcpOptions": {"dnsServers": ["10.1.9.4"]}})
    resources = [one for one in private_account() if one.name != "vnet" and not one.name.startswith("link-")]
    assert road(in_subnet(), BLOBS, asked, *resources).verdict is Verdict.UNKNOWN


def test_a_host_of_a_private_zone_is_where_its_record_says() -> None:
    names = zone("scoring.example.com")
    resources = (VNET, subnet(), subnet("router", "10.1.6.0/24"), names, link(names, VNET.id))
    door = Door("", host="scoring.example.com")
    found = road(in_subnet(), door, *resources, record(names, "@", "10.1.6.20"))
    assert found.verdict is Verdict.OPEN
    assert "@" in relied_on(found)
    missing = road(in_subnet(), door, *resources)
    assert missing.verdict is Verdict.CLOSED
    assert "no record of scoring.example.com" in missing.missing
    elsewhere = road(in_subnet(), door, *resources, record(names, "@", "10.9.0.4"))
    assert elsewhere.verdict is Verdict.UNKNOWN
