"""The plans of Microsoft Defender for Cloud."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pulumi
from pulumi_azure_native import resources

from azure_facts.defender_plans import API_VERSION, DEFENDER_PLANS, DefenderPlan
from infra.component import Component
from infra.context import Context
from infra.settings.security import DefenderPlanSettings, Security

DEPLOYMENT = "defender-plans"
_TYPE = "Microsoft.Security/pricings"


class DefenderPlans(Component):
    """Owns a template deployment that sets the plans of the subscription. Does not own who hears of their alerts.

    A template: every plan exists in every subscription, and the provider creates nothing that exists. What a destroy
    removes is the record of the deployment; the plans stay.
    """

    def __init__(self, settings: Security, context: Context, opts: pulumi.ResourceOptions) -> None:
        super().__init__("foundation:DefenderPlans", "defender-plans", context, opts)
        name = f"{DEPLOYMENT}-{context.environment.workload}-{context.environment.name}"
        resources.DeploymentAtSubscriptionScope(
            "defender-plans",
            deployment_name=name,
            location=context.azure.location,
            properties=resources.DeploymentPropertiesArgs(
                mode=resources.DeploymentMode.INCREMENTAL,
                template={
                    "$schema": "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#",
                    "contentVersion": "1.0.0.0",
                    "resources": list(_plans(settings.defender_plans)),
                },
            ),
            tags=self.tags,
            opts=self.child(),
        )
        self.register_outputs({"deployment_name": name})


def _plans(plans: Mapping[DefenderPlan, DefenderPlanSettings]) -> Iterator[dict[str, object]]:
    """One after the other."""
    previous: list[str] = []
    for key, plan in sorted(plans.items()):
        facts = DEFENDER_PLANS[key]
        properties: dict[str, object] = {"pricingTier": "Standard" if plan.enabled else "Free"}
        sub_plan = plan.sub_plan or next(iter(facts.sub_plans), None)
        if plan.enabled and sub_plan:
            properties["subPlan"] = sub_plan
        if plan.enabled and facts.extensions:
            properties["extensions"] = [
                {"name": name, "isEnabled": str(name in plan.extensions)} for name in sorted(facts.extensions)
            ]
        yield {
            "type": _TYPE,
            "apiVersion": API_VERSION,
            "name": facts.name,
            "dependsOn": list(previous),
            "properties": properties,
        }
        previous = [f"[subscriptionResourceId('{_TYPE}', '{facts.name}')]"]
