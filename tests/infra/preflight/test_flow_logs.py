"""Whether what the flow log writes with, and to, is there."""

from __future__ import annotations

import pytest

from infra.preflight.finding import Finding, Verdict
from infra.settings.flow_logs import FlowLogs
from infra.settings.network import PrivateNetwork
from tests.infra.preflight.fake_arm import Answer, fake_arm
from tests.infra.preflight.ready_subscription import SETTINGS, SUBSCRIPTION, everything_is_right, look

LOGS = "/subscriptions/77777777-7777-7777-7777-777777777777/resourceGroups/rg-logs/providers"
WATCHER = (
    f"{SUBSCRIPTION}/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/watcher"
)
ACCOUNT = f"{LOGS}/Microsoft.Storage/storageAccounts/stlogs"
IDENTITY = f"{LOGS}/Microsoft.ManagedIdentity/userAssignedIdentities/id-logs"
IDS = (WATCHER, ACCOUNT, IDENTITY)


def found(answers: dict[str, Answer]) -> list[Finding]:
    """`answers` by resource; every other one is there, in the region."""
    flow_logs = FlowLogs(network_watcher_id=WATCHER, storage_account_id=ACCOUNT, identity_id=IDENTITY)
    network = PrivateNetwork.model_construct(
        mode="private", address_space="10.60.0.0/20", flow_logs=flow_logs
    )
    asked = {f"GET {one}": [answers.get(one, Answer({"location": "westeurope"}))] for one in IDS}
    with fake_arm({**everything_is_right(), **asked}) as arm:
        findings = look(arm, settings=SETTINGS.model_copy(update={"network": network}))
    return [one for one in findings if one.check == "targets of the flow log"]


def test_all_that_is_there_is_right() -> None:
    assert [one.verdict for one in found({})] == [Verdict.OK] * 3


@pytest.mark.parametrize(
    ("resource", "answer", "verdict", "said"),
    [
        (WATCHER, Answer({}, 404), Verdict.FAILED, "network.flow_logs.network_watcher_id: there is no"),
        (ACCOUNT, Answer({}, 404), Verdict.FAILED, "network.flow_logs.storage_account_id: there is no"),
        (IDENTITY, Answer({}, 404), Verdict.FAILED, "network.flow_logs.identity_id: there is no"),
        (ACCOUNT, Answer({}, 403), Verdict.NOTE, "storage_account_id: not looked at"),
        (ACCOUNT, Answer({}, 400), Verdict.UNKNOWN, "storage_account_id: Azure answers 400"),
        (
            ACCOUNT,
            Answer({"location": "North Europe"}),
            Verdict.FAILED,
            "storage_account_id: lies in northeurope, and the network in westeurope",
        ),
    ],
)
def test_what_is_missing_or_elsewhere(resource: str, answer: Answer, verdict: Verdict, said: str) -> None:
    (one,) = [one for one in found({resource: answer}) if one.verdict is not Verdict.OK]
    assert one.verdict is verdict
    assert said in one.message


def test_a_missing_watcher_is_made_by_a_command() -> None:
    (one,) = [one for one in found({WATCHER: Answer({}, 404)}) if one.stops]
    assert one.run.startswith(
        "az network watcher configure --resource-group NetworkWatcherRG --locations westeurope"
    )
