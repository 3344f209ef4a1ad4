"""What Defender for Cloud costs: the plans whose units settings decide."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.defender_plans import DefenderPlan
from infra.cost.prices import Line, Part, Prices, line
from infra.settings.databricks import DatabricksContent
from infra.settings.platform import PlatformSettings


def defender_lines(settings: PlatformSettings, prices: Prices) -> Iterator[Line]:
    """Of this stack's resources. The plans are the subscription's: what others have in it is billed besides.

    Containers is counted with the cluster; what the other plans cost follows from use.
    """
    counted = {
        DefenderPlan.KEY_VAULTS: (_vaults(settings), "vaults", "key_vault"),
        DefenderPlan.STORAGE_ACCOUNTS: (_accounts(settings), "storage accounts", "storage_account"),
        DefenderPlan.RESOURCE_MANAGER: (1, "subscription", "subscription"),
    }
    for plan, (count, unit, price) in counted.items():
        chosen = settings.security.defender_plans.get(plan)
        if chosen and chosen.enabled:
            yield line(f"Defender, {plan}", f"{count} {unit}", prices, Part(count, "defender", price))


def _vaults(settings: PlatformSettings) -> int:
    databricks = settings.databricks
    managed = databricks is not None and databricks.content is DatabricksContent.MANAGED
    scopes = databricks.secret_scopes.values() if databricks and managed else ()
    return (
        bool(settings.ml)
        + bool(settings.encryption.customer_managed_keys)
        + sum(not scope.key_vault_resource_id for scope in scopes)
    )


def _accounts(settings: PlatformSettings) -> int:
    """The ML workspace's, the lake, the registry's, and the one that Databricks makes for itself."""
    registry = settings.promotion is not None and settings.promotion.registry is not None
    own_lake = settings.lake is not None and settings.lake.existing_resource_id is None
    return bool(settings.ml) + own_lake + registry + bool(settings.databricks)
