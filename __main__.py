"""The Pulumi program: a stack's settings in, its platform out."""

import pulumi

from infra.cost.sheet import cost_sheet, load_prices
from infra.platform import Platform
from infra.settings.load import load_from_pulumi

loaded = load_from_pulumi()
for warning in loaded.warnings:
    pulumi.log.warn(warning)
settings = loaded.settings
pulumi.log.info(
    cost_sheet(settings, load_prices()).render(
        settings.environment.name, settings.budget.monthly_amount, settings.today
    )
)
for name, value in Platform(settings).outputs.items():
    pulumi.export(name, value)
