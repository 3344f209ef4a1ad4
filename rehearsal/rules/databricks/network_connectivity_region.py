"""A network connectivity configuration serves workspaces of its region."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.regions import region_name
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import SOMEBODY
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_CONFIGURATION = "databricks:index/mwsNetworkConnectivityConfig:MwsNetworkConnectivityConfig"
_BINDING = "databricks:index/mwsNccBinding:MwsNccBinding"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    workspace_id = str(resource.value("workspaceId") or "")
    configuration_id = resource.text("networkConnectivityConfigId")
    if not workspace_id:
        return
    for workspace in world.of_types((tokens.DATABRICKS_WORKSPACE,)):
        if str(workspace.outputs.get("workspaceId", "")) != workspace_id:
            continue
        location = region_name(workspace.text("location"))
        for configuration in world.of_types((_CONFIGURATION,)):
            mine = configuration.outputs.get("networkConnectivityConfigId") == configuration_id
            region = configuration.text("region").lower()
            if mine and location and region and region != location:
                yield Violation(
                    "networkConnectivityConfigId",
                    f"{configuration.urn} is in {region}, the workspace in {location}; they must be in one region",
                )


def _case(region: str) -> Case:
    account = {
        "host": "https://accounts.azuredatabricks.net",
        "accountId": SOMEBODY,
        "authType": "azure-cli",
    }
    binding = {
        "workspaceId": Ref("workspace", "workspaceId"),
        "networkConnectivityConfigId": Ref("configuration", "networkConnectivityConfigId"),
    }
    return Case(
        (
            declare(tokens.DATABRICKS_WORKSPACE, name="workspace"),
            Declared(tokens.DATABRICKS_PROVIDER, account, "account"),
            Declared(_CONFIGURATION, {"name": "ncc-ml-dev", "region": region}, "configuration", "account"),
            Declared(_BINDING, binding, provider="account"),
        )
    )


RULE = Rule(
    id="DBX154",
    service="Databricks network connectivity",
    title="a configuration of the workspace's region",
    applies_to=(_BINDING,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/mws_ncc_binding.md, mws_network_connectivity_config.md "
    "(region; read 2026-11-30)",
    check=_check,
    trips=_case("northeurope"),
    passes=_case("westeurope"),
)
