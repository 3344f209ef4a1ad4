"""The Pulumi program: a stack's settings in, its platform out."""

import pulumi

from infra.access.names import principal_names
from infra.cost.sheet import monthly_cost
from infra.platform import Platform
from infra.settings.load import load_from_pulumi

loaded = load_from_pulumi()
cost = monthly_cost(loaded.settings)
for warning in (*loaded.warnings, *cost.warnings):
    pulumi.log.warn(warning)
pulumi.log.info(cost.text)
for name, value in Platform(loaded.settings).outputs.items():
    pulumi.export(name, value)
pulumi.export("monthly_cost", cost.output)
pulumi.export("principal_names", principal_names(loaded.settings))
