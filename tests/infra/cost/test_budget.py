"""The budget: what it counts, who is told and when."""

from __future__ import annotations

from typing import Any

import pytest

from tests.infra.platforms import resources_of

pytestmark = pytest.mark.xdist_group("platforms")

GROUPS = {
    "azure-native:resources:ResourceGroup": "resourceGroupName",
    "azure-native:databricks:Workspace": "managedResourceGroupId",
    "azure-native:containerservice:ManagedCluster": "nodeResourceGroup",
    "azure-native:synapse:Workspace": "managedResourceGroupName",
    "azure-native:app:ManagedEnvironment": "infrastructureResourceGroup",
}
"""Services that keep a resource group, and the input that names it."""


def budget_of(name: str) -> dict[str, Any]:
    (found,) = [item for item in resources_of(name) if item["type"].endswith("consumption:Budget")]
    return found["inputs"]


@pytest.mark.parametrize("name", ["dev", "prod"])
def test_it_counts_every_group_that_the_environment_is_billed_in(name: str) -> None:
    dimension = budget_of(name)["filter"]["dimensions"]
    named = {
        item["inputs"][GROUPS[item["type"]]].rpartition("/")[2]
        for item in resources_of(name)
        if item["type"] in GROUPS
    }
    assert len(named) == len(GROUPS)
    assert (dimension["name"], dimension["operator"]) == ("ResourceGroupName", "In")
    # The ML registry's is named by the service.
    others = [group for group in dimension["values"] if group not in named]
    assert named <= set(dimension["values"])
    assert [group.startswith("azureml-rg-") for group in others] == ([True] if name == "prod" else [])


def test_it_stands_on_the_subscription_because_the_groups_are_many() -> None:
    assert budget_of("prod")["scope"] == "/subscriptions/33333333-3333-3333-3333-333333333333"


def test_it_starts_with_the_month_of_the_first_deployment() -> None:
    assert budget_of("dev")["timePeriod"] == {"startDate": "2026-11-01T00:00:00Z"}
    assert budget_of("dev")["timeGrain"] == "Monthly"


def test_it_tells_of_what_was_spent_and_of_what_will_be() -> None:
    told = budget_of("prod")["notifications"]
    assert {(item["thresholdType"], item["threshold"]) for item in told.values()} == {
        ("Actual", 80),
        ("Actual", 100),
        ("Forecasted", 110),
    }
    for item in told.values():
        assert item["enabled"] is True
        assert item["contactEmails"] == ["ml-platform@example.com", "finance@example.com"]
