"""Who is told of changes to roles, locks and logs."""

from __future__ import annotations

from typing import Any

from azure_facts.activity_log import GUARDED_OPERATIONS
from tests.infra.platforms import resources_of


def alerts(platform: str) -> dict[str, dict[str, Any]]:
    """Inputs by logical name."""
    return {
        resource["name"]: resource["inputs"]
        for resource in resources_of(platform)
        if resource["type"] == "azure-native:monitor:ActivityLogAlert"
    }


def test_every_guarded_operation_is_told_to_the_action_group_for_the_whole_subscription() -> None:
    found = alerts("dev")
    assert set(found) == {f"alert-{key}" for key in GUARDED_OPERATIONS}
    for key, operation in GUARDED_OPERATIONS.items():
        alert = found[f"alert-{key}"]
        assert alert["scopes"] == ["/subscriptions/22222222-2222-2222-2222-222222222222"]
        assert alert["condition"]["allOf"] == [
            {"field": "category", "equals": "Administrative"},
            {"field": "operationName", "equals": operation},
            {"field": "status", "equals": "Succeeded"},
        ]
        [group] = alert["actions"]["actionGroups"]
        assert group["actionGroupId"].endswith("/actionGroups/ag-forecast-platform-dev-weu")


def test_what_an_account_for_emergencies_changes_is_told() -> None:
    conditions = alerts("prod")["alert-break-glass"]["condition"]["allOf"]
    assert conditions == [
        {"field": "category", "equals": "Administrative"},
        {
            "anyOf": [
                {"field": "caller", "equals": "break-glass-1@example.com"},
                {"field": "caller", "equals": "break-glass-2@example.com"},
            ]
        },
    ]
