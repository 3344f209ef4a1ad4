"""The monthly budget of the environment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pulumi
from pulumi_azure_native import consumption

from azure_facts.arm_ids import subscription_id
from infra.component import Component
from infra.context import Context
from infra.conventions.name_rules import ResourceKind
from infra.settings import environment as settings_of


class Budget(Component):
    """Owns one budget over the environment's own resource group and the groups that services manage for it.

    The scope is the subscription, filtered by group: most virtual machines are billed in the groups that
    Databricks and AKS make for themselves, which a budget on our own group would never see.
    A budget's start cannot lie before the current month and cannot be changed
    (terraform-provider-azurerm#12121): it is the month of the first deployment and then ignored.
    """

    def __init__(
        self,
        settings: settings_of.Budget,
        managed_resource_groups: Sequence[pulumi.Input[str]],
        today: date,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        """`managed_resource_groups` are names."""
        super().__init__("foundation:Budget", "budget", context, opts)
        scope = subscription_id(context.azure.subscription_id)
        name = context.naming.name(ResourceKind.BUDGET)
        budget = consumption.Budget(
            "budget",
            budget_name=name,
            scope=scope,
            category=consumption.CategoryType.COST,
            amount=settings.monthly_amount,
            time_grain=consumption.TimeGrainType.MONTHLY,
            time_period=consumption.BudgetTimePeriodArgs(start_date=f"{today:%Y-%m}-01T00:00:00Z"),
            filter=consumption.BudgetFilterArgs(
                dimensions=consumption.BudgetComparisonExpressionArgs(
                    name="ResourceGroupName",
                    operator=consumption.BudgetOperatorType.IN_,
                    values=[context.resource_group.known_name, *managed_resource_groups],
                )
            ),
            notifications=_notifications(settings),
            opts=self.child(ignore_changes=["timePeriod"]),
        )
        self.verify(f"{scope}/providers/Microsoft.Consumption/budgets/{name}", budget)
        self.register_outputs({"budget_name": name})


def _notifications(settings: settings_of.Budget) -> dict[str, consumption.NotificationArgs]:
    kinds = (
        ("actual", consumption.ThresholdType.ACTUAL, settings.actual_thresholds),
        ("forecast", consumption.ThresholdType.FORECASTED, settings.forecast_thresholds),
    )
    return {
        f"{kind}-{threshold}-percent": consumption.NotificationArgs(
            enabled=True,
            operator=consumption.OperatorType.GREATER_THAN_OR_EQUAL_TO,
            threshold=threshold,
            threshold_type=threshold_type,
            contact_emails=list(settings.contact_emails),
        )
        for kind, threshold_type, thresholds in kinds
        for threshold in sorted(set(thresholds))
    }
