"""What containers print reaches Log Analytics: add-on, rule, association, in private mode an endpoint of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from infra.settings.warnings import warnings_of
from tests.infra.platforms import resources_of
from tests.infra.stack_settings import patched_settings, settings_of

pytestmark = pytest.mark.xdist_group("platforms")

SCOPE = (
    "/subscriptions/55555555-5555-5555-5555-555555555555/resourceGroups/rg-hub/providers/Microsoft.Insights"
)


def of_type(name: str, kind: str) -> list[Mapping[str, Any]]:
    return [item for item in resources_of(name) if item["type"] == f"azure-native:{kind}"]


def add_on(name: str) -> Mapping[str, Any]:
    (cluster,) = of_type(name, "containerservice:ManagedCluster")
    return cluster["inputs"]["addonProfiles"]["omsagent"]


@pytest.mark.parametrize("name", ["dev", "prod"])
def test_nothing_is_collected_that_nobody_asked_for(name: str) -> None:
    assert add_on(name) == {"enabled": False}
    assert of_type(name, "monitor:DataCollectionRule") == []


def test_the_agent_signs_in_as_itself_and_is_told_what_to_collect() -> None:
    (logs,) = of_type("ml-max", "operationalinsights:Workspace")
    assert add_on("ml-max") == {
        "enabled": True,
        "config": {"logAnalyticsWorkspaceResourceID": logs["id"], "useAADAuth": "true"},
    }
    (rule,) = of_type("ml-max", "monitor:DataCollectionRule")
    (extension,) = rule["inputs"]["dataSources"]["extensions"]
    collected = extension["extensionSettings"]["dataCollectionSettings"]
    assert (collected["namespaceFilteringMode"], collected["namespaces"]) == (
        "Include",
        ["default", "azureml"],
    )
    assert "Microsoft-ContainerLogV2" in extension["streams"]
    (association,) = of_type("ml-max", "monitor:DataCollectionRuleAssociation")
    assert association["inputs"]["associationName"] == "ContainerInsightsExtension"
    assert association["inputs"]["dataCollectionRuleId"] == rule["id"]


def test_a_closed_platform_sends_through_the_private_link_scope() -> None:
    (endpoint,) = of_type("private-all", "monitor:DataCollectionEndpoint")
    assert endpoint["inputs"]["networkAcls"] == {"publicNetworkAccess": "Disabled"}
    members = {
        item["inputs"]["linkedResourceId"]
        for item in of_type("private-all", "monitor:PrivateLinkScopedResource")
    }
    assert endpoint["id"] in members
    associations = {
        item["inputs"]["associationName"]: item["inputs"].get("dataCollectionEndpointId")
        for item in of_type("private-all", "monitor:DataCollectionRuleAssociation")
    }
    assert associations == {
        "ContainerInsightsExtension": None,
        "configurationAccessEndpoint": endpoint["id"],
    }


def test_the_owner_of_a_given_scope_has_something_to_do() -> None:
    told = "collect nothing before the owner of network.private_link_scope_id adds"
    given = {
        "network": {"private_link_scope_id": f"{SCOPE}/privateLinkScopes/ampls-hub"},
        "serving": {"cluster": {"container_logs": {}}},
    }
    assert any(told in line for line in warnings_of(patched_settings(given, base="prod")))
    assert not any(told in line for line in warnings_of(settings_of("private-all")))
