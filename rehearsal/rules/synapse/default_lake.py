"""Synapse's own storage is a lake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP, GROUP_NAME, LOCATION
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_WORKSPACE = "azure-native:synapse:Workspace"
_PATH = "defaultDataLakeStorage.resourceId"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    account = world.find(resource.value(_PATH))
    if account is not None and account.value("isHnsEnabled") is not True:
        yield Violation(_PATH, f"{account.urn} has no hierarchical namespace; set is_hns_enabled=True there")


_INPUTS: Mapping[str, object] = {
    "resourceGroupName": GROUP_NAME,
    "location": LOCATION,
    "workspaceName": "synw-ml-dev-7k2ap",
    "identity": {"type": "SystemAssigned"},
    "azureADOnlyAuthentication": True,
    "defaultDataLakeStorage": {
        "accountUrl": "https://stmldev7k2ap.dfs.core.windows.net",
        "filesystem": "synapse",
        "resourceId": f"{GROUP}/providers/Microsoft.Storage/storageAccounts/stmldev7k2ap",
    },
}


def _case(*, lake: bool) -> Case:
    account = declare(tokens.STORAGE_ACCOUNT, {"isHnsEnabled": lake}, name="account")
    return Case((account, Declared(_WORKSPACE, _INPUTS, depends_on=("account",))))


RULE = Rule(
    id="SYN001",
    service="Synapse",
    title="the default storage has a hierarchical namespace",
    applies_to=(_WORKSPACE,),
    status=400,
    code="",
    source="Azure REST spec synapse 2021-06-01, DataLakeStorageAccountDetails; learn.microsoft.com "
    "azure/synapse-analytics/quickstart-create-workspace",
    check=_check,
    trips=_case(lake=False),
    passes=_case(lake=True),
)
