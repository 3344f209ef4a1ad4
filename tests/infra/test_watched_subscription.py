"""What watches production: Defender's plans and the network's flow log."""

from __future__ import annotations

from typing import Any

import pytest

from azure_facts.defender_plans import DEFENDER_PLANS
from infra.cost.sheet import cost_sheet
from tests.infra.platforms import STACKS, resources_of
from tests.infra.preflight.test_expectations import settings_of

DEPLOYMENT = "resources:DeploymentAtSubscriptionScope"


def of_type(stack: str, kind: str) -> list[dict[str, Any]]:
    return [item["inputs"] for item in resources_of(stack) if item["type"] == f"azure-native:{kind}"]


def template() -> list[dict[str, Any]]:
    (deployment,) = of_type("prod", DEPLOYMENT)
    return deployment["properties"]["template"]["resources"]


def test_prods_plans_are_set_one_after_the_other_and_dev_has_none() -> None:
    assert {item["name"]: item["properties"].get("subPlan") for item in template()} == {
        "Containers": None,
        "KeyVaults": "PerKeyVault",
        "Arm": "PerSubscription",
        "StorageAccounts": "DefenderForStorageV2",
    }
    assert {item["properties"]["pricingTier"] for item in template()} == {"Standard"}
    assert [len(item["dependsOn"]) for item in template()] == [0, 1, 1, 1]
    assert not of_type("dev", DEPLOYMENT)


def test_no_part_is_on_that_would_make_the_service_assign_roles() -> None:
    parts = [part for item in template() for part in item["properties"].get("extensions", [])]
    assert {part["name"] for part in parts} >= {"OnUploadMalwareScanning", "AgentlessDiscoveryForKubernetes"}
    assert {part["isEnabled"] for part in parts} == {"False"}


def test_prods_flows_are_written_to_another_teams_account_by_an_identity() -> None:
    (log,) = of_type("prod", "network:FlowLog")
    assert log["targetResourceId"].endswith("/virtualNetworks/vnet-forecast-prod-weu")
    assert log["storageId"].startswith("/subscriptions/77777777-")
    assert log["resourceGroupName"] == "NetworkWatcherRG"
    assert log["retentionPolicy"] == {"enabled": True, "days": 365}
    looked = log["flowAnalyticsConfiguration"]["networkWatcherFlowAnalyticsConfiguration"]
    assert (looked["trafficAnalyticsInterval"], looked["enabled"]) == (60, True)
    assert not of_type("dev", "network:FlowLog")


@pytest.mark.parametrize("stack", STACKS)
def test_what_watches_is_on_the_cost_sheet(stack: str) -> None:
    items = {line.item: line for line in cost_sheet(settings_of(stack)).lines}
    watched = {
        "Defender, key_vaults",
        "Defender, storage_accounts",
        "Defender, resource_manager",
        "flow logs",
    }
    assert watched & items.keys() == (watched if stack == "prod" else set())
    assert all(items[item].amount for item in watched & items.keys())


def test_every_plan_has_a_name_of_azure() -> None:
    assert len({facts.name for facts in DEFENDER_PLANS.values()}) == len(DEFENDER_PLANS)
