"""What the flow log needs of others: the region's Network Watcher, an account, and the identity that writes there."""

from __future__ import annotations

from collections.abc import Iterator

from azure.core.exceptions import AzureError

from infra.live.session import ARM
from infra.preflight.finding import Finding, Verdict
from infra.preflight.task import Task
from infra.settings.network import PrivateNetwork

_CHECK = "targets of the flow log"
# Those that pulumi-azure-native 3.29.0 knows of these types.
_API_VERSIONS = {
    "network_watcher_id": "2024-05-01",
    "storage_account_id": "2023-05-01",
    "identity_id": "2023-01-31",
}


def targets_of_the_flow_log(task: Task) -> Iterator[Finding]:
    """Each is there, and in the network's region where that matters. Other teams own two of them: a look that is
    not allowed is a note."""
    network = task.settings.network
    flow_logs = network.flow_logs if isinstance(network, PrivateNetwork) else None
    if flow_logs is None:
        return
    for key, version in _API_VERSIONS.items():
        resource_id = getattr(flow_logs, key)
        if resource_id is not None:
            yield _one(task, key, resource_id, version)


def _one(task: Task, key: str, resource_id: str, version: str) -> Finding:
    setting = f"network.flow_logs.{key}"
    show = f"az resource show --ids {resource_id}"
    url = f"{task.azure.base_url}{resource_id}?api-version={version}"
    try:
        answer = task.azure.send("GET", url, f"{ARM}/.default")
    except AzureError as error:
        why = " ".join(str(error.message).split())[:160]
        return Finding(_CHECK, Verdict.UNKNOWN, f"{setting}: no answer ({why})", show)
    if answer.status_code == 404:
        return Finding(
            _CHECK, Verdict.FAILED, f"{setting}: there is no {resource_id}", _make(task, key, show)
        )
    if answer.status_code == 403:
        return Finding(
            _CHECK, Verdict.NOTE, f"{setting}: not looked at; its owner sees whether it is there", show
        )
    if answer.status_code != 200:
        return Finding(_CHECK, Verdict.UNKNOWN, f"{setting}: Azure answers {answer.status_code}", show)
    found, wanted = _plain(answer.json().get("location")), _plain(task.settings.azure.location)
    if key != "identity_id" and found != wanted:
        return Finding(
            _CHECK, Verdict.FAILED, f"{setting}: lies in {found}, and the network in {wanted}", show
        )
    return Finding(_CHECK, Verdict.OK, f"{setting} is there")


def _make(task: Task, key: str, show: str) -> str:
    if key != "network_watcher_id":
        return show
    location, subscription = task.settings.azure.location, task.azure.subscription_id
    return (
        "az network watcher configure --resource-group NetworkWatcherRG "
        f"--locations {location} --enabled true --subscription {subscription}"
    )


def _plain(location: object) -> str:
    return str(location).replace(" ", "").lower()
