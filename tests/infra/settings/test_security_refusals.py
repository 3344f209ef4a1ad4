"""Plans of Defender that Azure does not have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Areas = dict[str, Any]
Refusals = Callable[[Callable[[Areas], None]], dict[str, str]]


@pytest.mark.parametrize(
    ("plan", "settings", "key", "message"),
    [
        ("key_vaults", {"sub_plan": "P2"}, "sub_plan", "give PerKeyVault or PerTransaction"),
        ("containers", {"sub_plan": "P2"}, "sub_plan", "has no sub-plan 'P2'; remove it"),
        ("key_vaults", {"extensions": ["OnUploadMalwareScanning"]}, "extensions", "it has: none"),
        ("storage_accounts", {"extensions": ["Malware"]}, "extensions", "it has: OnUploadMalwareScanning, "),
        (
            "storage_accounts",
            {"enabled": False, "sub_plan": "PerTransaction"},
            "enabled",
            "the free tier has",
        ),
    ],
)
def test_a_plan_that_azure_does_not_have_is_refused(
    refusals: Refusals, plan: str, settings: dict[str, Any], key: str, message: str
) -> None:
    def edit(areas: Areas) -> None:
        areas["security"] = {"defender_plans": {plan: settings}}

    assert message in refusals(edit)[f"security.defender_plans.{plan}.{key}"]
