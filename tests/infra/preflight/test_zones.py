"""Whether the hub's zones are linked with our network."""

from __future__ import annotations

import pytest

from infra.foundation.private_link import private_links
from infra.preflight.finding import Finding, Verdict
from infra.settings.network import Hub, PrivateDnsZones, PrivateNetwork
from infra.settings.platform import PlatformSettings
from tests.infra.preflight.fake_arm import Answer, fake_arm
from tests.infra.preflight.ready_subscription import GROUP, SETTINGS, everything_is_right, look
from tests.infra.stack_settings import settings_of

NETWORK = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-forecast-dev-weu"
HUB_GROUP = "/subscriptions/55555555-5555-5555-5555-555555555555/resourceGroups/rg-hub-dns"
HUB = f"{HUB_GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-hub"
ZONES = f"GET {HUB_GROUP}/providers/Microsoft.Network/privateDnsZones"
VAULT = "privatelink.vaultcore.azure.net"


def settings(*, second_phase: bool = True) -> PlatformSettings:
    hub = Hub.model_construct(
        virtual_network_id=HUB,
        address_space=["10.0.0.0/16"],
        peering_back="to-dev" if second_phase else None,
    )
    network = PrivateNetwork.model_construct(
        mode="private",
        address_space="10.60.0.0/20",
        hub=hub,
        private_dns_zones=PrivateDnsZones(resource_group_id=HUB_GROUP),
    )
    return SETTINGS.model_copy(update={"network": network})


def links(network: str = NETWORK, state: str = "Completed") -> Answer:
    link = {"properties": {"virtualNetwork": {"id": network.upper()}, "virtualNetworkLinkState": state}}
    return Answer({"value": [link]})


def found(answers: dict[str, Answer], platform: PlatformSettings) -> list[Finding]:
    """`answers` by zone; every other zone is linked."""
    of_zones = {f"{ZONES}/{zone}/virtualNetworkLinks": [answers.get(zone, links())] for zone in all_zones()}
    with fake_arm({**everything_is_right(), **of_zones}) as arm:
        return [one for one in look(arm, settings=platform) if one.check == "zones are linked"]


def all_zones() -> set[str]:
    return {zone for link in private_links(settings()) for zone in link.value.zones_in("westeurope")}


def test_zones_that_are_linked_are_right() -> None:
    (said,) = found({}, settings())
    assert said.verdict is Verdict.OK
    assert said.message == f"all {len(all_zones())} zones are linked with the network"


@pytest.mark.parametrize(
    "answer", [links(f"{NETWORK}-other"), links(state="InProgress"), Answer({"value": []}), Answer({}, 404)]
)
def test_a_zone_that_is_not_linked_is_told_with_the_command(answer: Answer) -> None:
    (said,) = found({VAULT: answer}, settings())
    assert said.verdict is Verdict.FAILED
    assert said.message.startswith(f"{VAULT}: not there, or not linked with the network")
    assert f"--zone-name {VAULT}" in said.run
    assert f"--virtual-network {NETWORK}" in said.run


def test_who_may_not_look_is_told_so() -> None:
    of_zones = {f"{ZONES}/{zone}/virtualNetworkLinks": [Answer({}, 403)] for zone in all_zones()}
    with fake_arm({**everything_is_right(), **of_zones}) as arm:
        unknown = [one for one in look(arm, settings=settings()) if one.check == "zones are linked"]
    assert [one.verdict for one in unknown] == [Verdict.UNKNOWN]


def test_phase_1_waits_and_zones_of_ones_own_are_linked_by_the_stack() -> None:
    (said,) = found({}, settings(second_phase=False))
    assert said.verdict is Verdict.NOTE
    assert found({}, settings_of("private-all")) == []
