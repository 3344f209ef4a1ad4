"""The Pulumi program: a stack's settings in, its platform out."""

import pulumi

from infra.platform import Platform
from infra.settings.load import load_from_pulumi

loaded = load_from_pulumi()
for warning in loaded.warnings:
    pulumi.log.warn(warning)
for name, value in Platform(loaded.settings).outputs.items():
    pulumi.export(name, value)
