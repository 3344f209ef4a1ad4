"""Where it runs and who runs it: what that makes checkable, and what is said of the rest."""

from __future__ import annotations

from typing import Any

import pytest

from infra.settings.platform import PlatformSettings
from infra.verify.declared import Declared
from infra.verify.here import find
from infra.verify.judge import sub_resource_of
from infra.verify.outcome import Outcome, Verdict
from infra.verify.promise import read_promises
from infra.verify.wire import AddressKind
from tests.infra.preflight.fake_arm import Answer
from tests.infra.stack_settings import settings_of
from tests.infra.verify.cloud import (
    ANALYSTS,
    APPLICATION,
    CURATED,
    ENGINEERS,
    GROUP,
    ML,
    OBJECT,
    VAULT,
    Cloud,
    Open,
    Signed,
    cloud,
    output,
    promise,
)

HUB_ID = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-hub"
IDENTITY = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-jobs"
PLACES = {
    "internet": {"kind": "internet", "ranges": []},
    "office": {"kind": "internet", "ranges": ["203.0.113.0/24"]},
    "hub": {
        "kind": "network",
        "network": HUB_ID,
        "ranges": ["10.0.0.0/8"],
        "resolves": ["privatelink.vaultcore.azure.net"],
    },
    "network": {"kind": "network", "network": f"{HUB_ID}-spoke", "ranges": ["10.40.0.0/20"]},
}
LISTED = {"GET kv-one.vault.azure.net/secrets": [Answer({})]}


@pytest.mark.parametrize(
    ("address", "place"),
    [("10.0.3.4", "hub"), ("10.40.1.4", "network"), ("192.168.1.4", "internet"), ("", "internet")],
)
def test_the_narrowest_network_that_has_this_machines_address(address: str, place: str) -> None:
    places = read_promises(output() | {"places": PLACES}).places
    here = find(places, addresses=lambda: (address,) if address else ())
    assert here.key == place
    assert "address" in str(here)


def one(platform: Cloud, place: str, **changed: Any) -> Outcome:
    given = output(one=promise("see secrets", VAULT, **changed)) | {"places": PLACES}
    (outcome,) = platform.report(given, place=place).run.outcomes
    return outcome


@pytest.mark.parametrize(
    ("origin", "place", "verdict"),
    [
        ({"place": "internet"}, "internet", Verdict.PASSED),
        ({"place": "internet"}, "office", Verdict.PASSED),
        ({"place": "office"}, "office", Verdict.PASSED),
        ({"place": "office"}, "internet", Verdict.PASSED),
        ({"place": "internet"}, "network", Verdict.ELSEWHERE),
        ({"managed_network": ML}, ML.upper(), Verdict.PASSED),
        ({"managed_network": ML}, "internet", Verdict.ELSEWHERE),
        ({"databricks": ML, "plane": "serverless"}, f"{ML}:serverless", Verdict.PASSED),
    ],
)
def test_a_promise_is_asked_where_it_is_made(origin: dict[str, str], place: str, verdict: Verdict) -> None:
    with cloud(LISTED) as platform:
        outcome = one(platform, place, **{"from": origin})
    assert outcome.verdict is verdict
    if verdict is Verdict.ELSEWHERE:
        assert outcome.telling is not None
        assert outcome.telling.to_do.startswith("run it there, with --from ")


def test_what_is_closed_on_the_internet_may_be_open_to_the_office() -> None:
    with cloud({"GET kv-one.vault.azure.net/secrets": [Answer({}, 403)]}) as platform:
        outcome = one(platform, "internet", **{"from": {"place": "office"}})
        assert outcome.verdict is Verdict.ELSEWHERE
        assert outcome.telling is not None
        assert outcome.telling.found.startswith("it is asked from office; from here call: ")
        assert one(platform, "office", **{"from": {"place": "office"}}).verdict is Verdict.FAILED


@pytest.mark.parametrize(
    ("who", "claims", "verdict"),
    [
        ({"persona": "analyst", "group": ANALYSTS}, {}, Verdict.PASSED),
        ({"persona": "engineer", "group": ENGINEERS}, {}, Verdict.ELSEWHERE),
        ({"application": APPLICATION}, {}, Verdict.PASSED),
        ({"application": APPLICATION}, {"upn": "somebody@example.com"}, Verdict.ELSEWHERE),
        ({"group": OBJECT}, {}, Verdict.PASSED),
        ({"group": "data engineers"}, {}, Verdict.ELSEWHERE),
        ({"identity": IDENTITY}, {"xms_mirid": IDENTITY.lower()}, Verdict.PASSED),
        ({"identity": IDENTITY}, {}, Verdict.PASSED),
        ({"identity": IDENTITY}, {"oid": ENGINEERS}, Verdict.ELSEWHERE),
        ({"system": ML}, {"xms_mirid": IDENTITY}, Verdict.ELSEWHERE),
    ],
)
def test_a_call_counts_for_who_runs_it(who: dict[str, str], claims: dict[str, str], verdict: Verdict) -> None:
    answers = {
        **LISTED,
        f"GET {IDENTITY}": [Answer({"properties": {"principalId": OBJECT}})],
        f"GET {ML}": [Answer({"identity": {"principalId": ENGINEERS}})],
    }
    with cloud(answers, credential=Signed(**claims)) as platform:
        outcome = one(platform, "internet", who=who)
    assert outcome.verdict is verdict
    # The road is looked at, whoever asks.
    assert [step.name for step in outcome.steps][:2] == ["name", "tcp"]


def test_microsoft_graph_says_of_groups_that_the_token_does_not_list() -> None:
    asks = f"POST graph/v1.0/servicePrincipals/{OBJECT}/checkMemberGroups"
    who = {"persona": "engineer", "group": ENGINEERS}
    with cloud({**LISTED, asks: [Answer({"value": [ENGINEERS]})]}) as platform:
        assert one(platform, "internet", who=who).verdict is Verdict.PASSED
    with cloud({**LISTED, asks: [Answer({}, 403)]}) as platform:
        outcome = one(platform, "internet", who=who)
        assert outcome.telling is not None
        assert "is not told: Microsoft Graph answers 403" in outcome.telling.found


def expected(settings: PlatformSettings, target: str, **place: Any) -> AddressKind:
    declared = Declared.of(settings)
    places = read_promises(output() | {"places": {"here": {"ranges": [], **place}}}).places
    return declared.kind_of(target, sub_resource_of(target, "vault"), places["here"])


def test_names_are_private_where_an_endpoint_is_declared_and_its_zone_answers() -> None:
    prod, dev = settings_of("prod"), settings_of("dev")
    own = VAULT.replace(GROUP, Declared.of(prod).resource_group)
    zone = ["privatelink.vaultcore.azure.net"]
    assert expected(prod, own, kind="network", resolves=zone) is AddressKind.PRIVATE
    assert expected(prod, own, kind="network", resolves=["privatelink.azurecr.io"]) is AddressKind.EITHER
    assert expected(prod, VAULT, kind="network", resolves=zone) is AddressKind.EITHER  # somebody else's
    assert expected(prod, own, kind="internet") is AddressKind.PUBLIC
    assert expected(dev, VAULT, kind="internet") is AddressKind.PUBLIC


@pytest.mark.parametrize(
    ("address", "verdict"), [("10.40.1.4", Verdict.PASSED), ("20.60.1.4", Verdict.FAILED)]
)
def test_a_hub_that_asks_the_public_for_a_private_name_is_told_which_zone(
    address: str, verdict: Verdict
) -> None:
    prod = settings_of("prod")
    vault = VAULT.replace(GROUP, Declared.of(prod).resource_group)
    hub = {**PLACES["hub"], "resolves": ["privatelink.vaultcore.azure.net"]}
    given = output(one=promise("see secrets", vault, **{"from": {"place": "hub"}})) | {"places": {"hub": hub}}
    subscription = f"GET /subscriptions/{prod.azure.subscription_id}"
    asked = {**LISTED, subscription: [Answer({})]}
    wire = Open(resolve=lambda host: (address if host.startswith("kv-") else "20.1.1.1",))
    with cloud(asked, settings=prod, wire=wire, credential=Signed(tid=prod.azure.tenant_id)) as platform:
        (outcome,) = platform.report(given, place="hub").run.outcomes
    assert outcome.verdict is verdict
    if outcome.telling:
        assert outcome.telling.name == "name"
        assert "privatelink.vaultcore.azure.net" in outcome.telling.to_do


def test_zones_that_the_stack_makes_answer_in_its_own_network() -> None:
    private = settings_of("private-all")
    declared = Declared.of(private)
    (own, *_) = sorted(declared.linked)
    target = VAULT.replace(GROUP, declared.resource_group)
    assert expected(private, target, kind="network", network=own) is AddressKind.PRIVATE
    assert expected(private, target, kind="network", network=HUB_ID) is AddressKind.EITHER


def test_a_host_of_nobodys_may_be_anywhere() -> None:
    with cloud({}) as platform:
        outcome = platform.outcome("reach", "", over={"host": "packages.example.com", "port": 443})
    assert outcome.verdict is Verdict.PASSED
    assert CURATED not in str(outcome)
