"""The Pulumi program: a stack's settings in, its platform out."""

import pulumi

from infra.cost.sheet import cost_sheet
from infra.platform import Platform
from infra.settings.load import load_from_pulumi

loaded = load_from_pulumi()
settings = loaded.settings
sheet, budget = cost_sheet(settings), settings.budget.monthly_amount
for warning in (*loaded.warnings, *sheet.warnings(settings.azure.location, budget, settings.today)):
    pulumi.log.warn(warning)
pulumi.log.info(sheet.render(settings.environment.name, budget))
for name, value in Platform(settings).outputs.items():
    pulumi.export(name, value)
