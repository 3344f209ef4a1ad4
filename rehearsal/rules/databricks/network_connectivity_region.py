"""A network connectivity configuration serves workspaces of its region, one for each workspace."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.regions import region_name
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import SOMEBODY, TENANT
from rehearsal.rules.rule import Case, Declared, Rule, Violation

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
    for other in world.of_types((_BINDING,)):
        if str(other.value("workspaceId") or "") == workspace_id and other.order < resource.order:
            yield Violation(
                "workspaceId",
                f"{other.urn} binds the same workspace, which keeps the last one only; keep one",
            )


_NUMBER = "1234567890123456"


def _case(second: str) -> Case:
    """Two bindings; the workspaces are in other programs."""
    return Case(
        (
            Declared(
                tokens.DATABRICKS_PROVIDER,
                {
                    "host": "https://accounts.azuredatabricks.net",
                    "accountId": SOMEBODY,
                    "authType": "azure-cli",
                },
                "account",
            ),
            Declared(
                _BINDING,
                {"workspaceId": _NUMBER, "networkConnectivityConfigId": SOMEBODY},
                "first",
                "account",
            ),
            Declared(
                _BINDING, {"workspaceId": second, "networkConnectivityConfigId": TENANT}, provider="account"
            ),
        )
    )


RULE = Rule(
    id="DBX154",
    service="Databricks network connectivity",
    title="a configuration of the workspace's region, one for each workspace",
    applies_to=(_BINDING,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/mws_ncc_binding.md",
    check=_check,
    trips=_case(_NUMBER),
    passes=_case("6543210987654321"),
)
