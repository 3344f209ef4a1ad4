"""What watches the subscription from outside: the plans of Microsoft Defender for Cloud."""

from __future__ import annotations

from collections.abc import Iterator

from typing_extensions import override

from azure_facts.defender_plans import DEFENDER_PLANS, DefenderPlan
from infra.settings.base import LoadingContext, Problem, SettingsModel


class DefenderPlanSettings(SettingsModel):
    """One plan, for every resource of its kind in the subscription."""

    enabled: bool = True
    """False sets it back to the free tier. A plan that is taken out of the stack file stays as it is: Azure does not
    delete plans."""
    sub_plan: str | None = None
    """The plan's variant (price and features), where there is a choice. Default: the newest."""
    extensions: list[str] = []
    """Parts that are switched on, as Azure names them. Some make the service assign roles in the deployer's name, which
    the deploying identity may not (docs/decisions/0046): an Owner runs that deployment."""


class Security(SettingsModel):
    """Plans are the subscription's: name them in one stack of each subscription."""

    defender_plans: dict[DefenderPlan, DefenderPlanSettings] = {}
    """Plan to its settings; plans that are not named stay as they are."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        for key, plan in self.defender_plans.items():
            facts = DEFENDER_PLANS[key]
            if plan.sub_plan is not None and plan.sub_plan not in facts.sub_plans:
                choices = f"give {' or '.join(facts.sub_plans)}" if facts.sub_plans else "remove it"
                yield Problem(
                    f"defender_plans.{key}.sub_plan", f"{key} has no sub-plan '{plan.sub_plan}'; {choices}"
                )
            unknown = sorted(set(plan.extensions) - facts.extensions)
            if unknown:
                choices = ", ".join(sorted(facts.extensions)) or "none"
                yield Problem(
                    f"defender_plans.{key}.extensions",
                    f"{key} has no extension {', '.join(unknown)}; it has: {choices}",
                )
            if not plan.enabled and (plan.extensions or plan.sub_plan):
                yield Problem(
                    f"defender_plans.{key}.enabled",
                    "is false beside a sub-plan or extensions, which the free tier has none of; remove them",
                )
