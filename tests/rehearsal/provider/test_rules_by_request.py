"""Every service rule, asked one request at a time: what passes in a whole program passes here too."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from pathlib import Path

import pytest

from rehearsal.cloud.control_plane import RefusedError
from rehearsal.model.finding import Severity
from rehearsal.model.request import Request
from rehearsal.provider.journal import Journal
from rehearsal.provider.service import Services
from rehearsal.rules import all_rules
from rehearsal.rules.rule import Case, Ref, Rule
from tests.rehearsal.provider.conftest import TODAY

RULES = [pytest.param(rule, id=rule.id) for rule in all_rules()]


def play(case: Case, folder: Path) -> list[str]:
    """Makes the case's resources one after the other; the rules that refused one."""
    journal = Journal(folder / "cloud.jsonl")
    services = Services(journal.open(case.today or TODAY), case.subscription)
    ids: dict[str, str] = {}
    configured: dict[str, Mapping[str, object]] = {}
    refused: list[str] = []
    for declared in case.resources:
        urn = f"urn:pulumi:dev::sample::{declared.type}::{declared.name}"
        inputs = {key: resolved(value, ids) for key, value in declared.inputs.items()}
        package = declared.type.partition(":")[0]
        provider = f"urn:pulumi:dev::sample::pulumi:providers:{package}::{declared.provider}"
        request = Request(urn, declared.type, declared.name, inputs, configured.get(declared.provider, {}))
        ids[declared.name] = services.preview(request).id
        try:
            if package == "pulumi":
                configured[declared.name] = inputs
                services.configure(urn, inputs)
            else:
                services.create(request, provider if declared.provider else "")
        except RefusedError as error:
            refused.append(error.finding.rule)
    journal.close()
    return refused


def resolved(value: object, ids: Mapping[str, str]) -> object:
    if isinstance(value, Ref):
        return ids[value.name]
    if isinstance(value, Mapping):
        return {key: resolved(item, ids) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [resolved(item, ids) for item in value]
    return value


def looks_around(rule: Rule) -> bool:
    """Rules about other resources, order or resource options: what they refuse may come with another request, or be
    what no provider sees."""
    source = inspect.getsource(inspect.getmodule(rule.check) or rule.check)
    return any(word in source for word in ("world.", ", world)", ".options"))


@pytest.mark.parametrize("rule", RULES)
def test_the_correct_case_is_carried_out(rule: Rule, tmp_path: Path) -> None:
    assert play(rule.passes, tmp_path) == []


@pytest.mark.parametrize("rule", RULES)
def test_the_case_that_breaks_it_is_refused_where_one_request_shows_it(rule: Rule, tmp_path: Path) -> None:
    if rule.severity is Severity.WARNING or looks_around(rule):
        return
    refused = play(rule.trips, tmp_path)
    # An id that is taken is found before any rule is asked.
    assert rule.id in refused or "STA001" in refused


def test_what_stands_in_a_databricks_workspace_has_the_provider_of_who_asks_there(tmp_path: Path) -> None:
    """A list is refused unless its own workspace has the switch on: another workspace's does not count."""
    journal = Journal(tmp_path / "cloud.jsonl")
    services = Services(journal.open(TODAY))
    prefix = "urn:pulumi:dev::sample::"
    switch, ip_list = (
        "databricks:index/workspaceConf:WorkspaceConf",
        "databricks:index/ipAccessList:IpAccessList",
    )
    inputs = {
        switch: {"customConfig": {"enableIpAccessLists": "true"}},
        ip_list: {"label": "office", "listType": "ALLOW", "ipAddresses": ["203.0.113.0/24"]},
    }

    group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-sample"
    workspace_type = "azure-native:databricks:Workspace"

    def create(token: str, workspace: str) -> None:
        provider = f"{prefix}pulumi:providers:databricks::{workspace}"
        resource_id = f"{group}/providers/Microsoft.Databricks/workspaces/{workspace}"
        reached = {"azureWorkspaceResourceId": resource_id, "authType": "azure-cli"}
        services.configure(provider, reached)
        services.create(
            Request(f"{prefix}{token}::{workspace}", token, workspace, inputs[token], reached), provider
        )

    azure = f"{prefix}pulumi:providers:azure-native::azure"
    group_type = "azure-native:resources:ResourceGroup"
    asked = {"resourceGroupName": "rg-sample", "location": "westeurope"}
    services.create(Request(f"{prefix}{group_type}::group", group_type, "group", asked, {}), azure)
    for workspace in ("one", "two"):
        asked = {
            "resourceGroupName": "rg-sample",
            "workspaceName": workspace,
            "location": "westeurope",
            "computeMode": "Hybrid",
            "managedResourceGroupId": f"{group}-{workspace}-managed",
            "sku": {"name": "premium"},
        }
        services.create(
            Request(f"{prefix}{workspace_type}::{workspace}", workspace_type, workspace, asked, {}),
            azure,
        )
    create(switch, "one")
    create(ip_list, "one")
    with pytest.raises(RefusedError, match="IP access lists are off in a new workspace"):
        create(ip_list, "two")
    journal.close()
