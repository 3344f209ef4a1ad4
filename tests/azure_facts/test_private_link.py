"""Sub-resources of private link and the zones in which their names resolve."""

from __future__ import annotations

import pytest

from azure_facts.private_link import SUB_RESOURCES, sub_resource, sub_resources


@pytest.mark.parametrize(
    ("resource_type", "group", "zones"),
    [
        ("Microsoft.Storage/storageAccounts", "dfs", ("privatelink.dfs.core.windows.net",)),
        (
            "Microsoft.MachineLearningServices/workspaces",
            "amlworkspace",
            ("privatelink.api.azureml.ms", "privatelink.notebooks.azure.net"),
        ),
        ("Microsoft.ContainerService/managedClusters", "management", ("privatelink.westeurope.azmk8s.io",)),
        (
            "Microsoft.App/managedEnvironments",
            "managedEnvironments",
            ("privatelink.westeurope.azurecontainerapps.io",),
        ),
        (
            "Microsoft.Insights/privateLinkScopes",
            "azuremonitor",
            (
                "privatelink.monitor.azure.com",
                "privatelink.oms.opinsights.azure.com",
                "privatelink.ods.opinsights.azure.com",
                "privatelink.agentsvc.azure-automation.net",
                "privatelink.blob.core.windows.net",
            ),
        ),
    ],
)
def test_zones_of_a_group(resource_type: str, group: str, zones: tuple[str, ...]) -> None:
    assert sub_resource(resource_type, group).zones_in("westeurope") == zones


@pytest.mark.parametrize(
    ("resource_type", "groups"),
    [
        ("Microsoft.Databricks/workspaces", ["databricks_ui_api", "browser_authentication"]),
        ("Microsoft.Synapse/workspaces", ["Sql", "SqlOnDemand", "Dev"]),
        ("microsoft.datafactory/FACTORIES", ["dataFactory", "portal"]),
        ("Microsoft.Nobody/knows", []),
    ],
)
def test_groups_of_a_type(resource_type: str, groups: list[str]) -> None:
    assert [part.group for part in sub_resources(resource_type)] == groups


def test_an_unknown_group_is_no_answer() -> None:
    with pytest.raises(KeyError, match="bolb"):
        sub_resource("Microsoft.Storage/storageAccounts", "bolb")


def test_every_row_is_told_apart() -> None:
    assert len({(part.resource_type, part.group) for part in SUB_RESOURCES}) == len(SUB_RESOURCES)
    assert all(part.zones for part in SUB_RESOURCES)
