"""Whether the hub has peered back, as our own peering says."""

from __future__ import annotations

import dataclasses

import pytest

from infra.preflight.finding import Verdict
from infra.settings.egress import Egress, Firewall
from infra.settings.network import Hub, PrivateNetwork
from infra.settings.platform import PlatformSettings
from tests.infra.preflight.fake_arm import Answer, fake_arm
from tests.infra.preflight.ready_subscription import GROUP, SETTINGS, everything_is_right, look

PEERING = (
    f"GET {GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-forecast-dev-weu"
    "/virtualNetworkPeerings/to-hub"
)
HUB = (
    "/subscriptions/55555555-5555-5555-5555-555555555555/resourceGroups/rg-hub/providers/Microsoft.Network"
    "/virtualNetworks/vnet-hub"
)


def settings(peering_back: str | None) -> PlatformSettings:
    hub = Hub.model_construct(
        virtual_network_id=HUB, address_space=["10.0.0.0/16"], peering_back=peering_back
    )
    network = PrivateNetwork.model_construct(mode="private", address_space="10.60.0.0/20", hub=hub)
    return SETTINGS.model_copy(update={"network": network})


@dataclasses.dataclass(frozen=True)
class Said:
    verdict: Verdict
    message: str
    run: str = ""


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer({"properties": {"peeringState": "Connected"}}), Said(Verdict.OK, "the peering is Connected")),
        (
            Answer({"properties": {"peeringState": "Initiated"}}),
            Said(
                Verdict.FAILED,
                "the peering is Initiated: the hub has not peered back, so nothing inside the network is reached",
                "az network vnet peering create --subscription 55555555-5555-5555-5555-555555555555 "
                "--resource-group rg-hub --vnet-name vnet-hub --name to-forecast-dev --remote-vnet "
                f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-forecast-dev-weu --allow-vnet-access",
            ),
        ),
        (
            Answer({}, 404),
            Said(
                Verdict.FAILED,
                "the network is not peered yet: leave network.hub.peering_back out for phase 1, the foundation",
                "make deploy STACK=dev",
            ),
        ),
    ],
)
def test_phase_2_waits_for_the_hub(answer: Answer, said: Said) -> None:
    with fake_arm({**everything_is_right(), PEERING: [answer]}) as arm:
        found = [
            one for one in look(arm, settings=settings("to-forecast-dev")) if one.check == "road from the hub"
        ]
    assert [Said(one.verdict, one.message, one.run) for one in found] == [said]


def test_phase_1_asks_neither_the_network_nor_databricks() -> None:
    with fake_arm(everything_is_right()) as arm:
        found = {one.check: one.verdict for one in look(arm, settings=settings(None))}
        asked = list(arm.asked)
    assert found["road from the hub"] is Verdict.NOTE
    assert "Databricks account" not in found
    assert not [one for one in asked if "to-hub" in one]


@pytest.mark.parametrize(("firewall", "said"), [(Firewall(address="10.0.1.4"), True), (Firewall(), False)])
def test_somebody_elses_firewall_is_told_what_to_let_out(firewall: Firewall, *, said: bool) -> None:
    own = settings("to-forecast-dev")
    assert isinstance(own.network, PrivateNetwork)
    network = own.network.model_copy(update={"egress": Egress.FIREWALL, "firewall": firewall})
    connected = Answer({"properties": {"peeringState": "Connected"}})
    with fake_arm({**everything_is_right(), PEERING: [connected]}) as arm:
        found = look(arm, settings=own.model_copy(update={"network": network}))
    notes = [one for one in found if one.check == "firewall of the hub"]
    assert [one.verdict for one in notes] == ([Verdict.NOTE] if said else [])
    assert all("kubernetes-nodes" in one.message and "10.0.1.4" in one.message for one in notes)
