"""What a diagnostic setting of a type may ask for."""

from __future__ import annotations

import pytest

from azure_facts.diagnostic_categories import ALL_METRICS, DIAGNOSTIC_SUPPORT


@pytest.mark.parametrize(
    ("resource_type", "logs", "metrics"),
    [
        ("microsoft.keyvault/vaults", True, ALL_METRICS),
        ("microsoft.databricks/workspaces", True, None),
        ("microsoft.network/natgateways", False, ALL_METRICS),
        ("microsoft.app/containerapps", False, ALL_METRICS),
        ("microsoft.storage/storageaccounts/blobservices", True, "Transaction"),
        ("microsoft.storage/storageaccounts", False, "Transaction"),
    ],
)
def test_logs_and_metrics_of_a_type(resource_type: str, *, logs: bool, metrics: str | None) -> None:
    support = DIAGNOSTIC_SUPPORT[resource_type]
    assert (support.logs, support.metrics) == (logs, metrics)


def test_categories_of_a_type() -> None:
    assert DIAGNOSTIC_SUPPORT["microsoft.synapse/workspaces/bigdatapools"].categories == (
        "BigDataPoolAppsEnded",
    )


def test_storage_has_two_categories_of_metrics() -> None:
    for part in ("", "/blobservices", "/fileservices", "/queueservices", "/tableservices"):
        assert DIAGNOSTIC_SUPPORT[f"microsoft.storage/storageaccounts{part}"].more_metrics == ("Capacity",)
