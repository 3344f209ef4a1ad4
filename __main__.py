"""The Pulumi program: a stack's settings in, its platform out."""

import pulumi

from infra.platform import Platform
from infra.reports import report
from infra.settings.load import load_from_pulumi

loaded = load_from_pulumi()
outputs = report(loaded) | Platform(loaded.settings).outputs
for name, value in outputs.items():
    pulumi.export(name, value)
