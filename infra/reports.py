"""What the program says of a stack beside what it deploys: warnings, costs, and who is who."""

from __future__ import annotations

import pulumi

from infra.access.names import principal_names
from infra.cost.sheet import monthly_cost
from infra.settings.load import Loaded


def report(loaded: Loaded) -> dict[str, pulumi.Input[object]]:
    """Logs warnings and the cost sheet. Returns the stack outputs that reports read (docs/rehearsal.md)."""
    cost = monthly_cost(loaded.settings)
    for warning in (*loaded.warnings, *cost.warnings):
        pulumi.log.warn(warning)
    pulumi.log.info(cost.text)
    return {"monthly_cost": cost.output, "principal_names": principal_names(loaded.settings)}
