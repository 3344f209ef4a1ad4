"""Low-priority nodes are retired."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_RETIRED = datetime.date(2026, 3, 31)
_PATH = "properties.properties.vmPriority"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    if resource.text(_PATH) == "LowPriority" and world.today >= _RETIRED:
        yield Violation(
            _PATH,
            f"low-priority VMs were retired on {_RETIRED}; whether the service still takes the "
            "value is not documented: "
            "use 'Dedicated'",
        )


RULE = Rule(
    id="AML017",
    service="Azure ML compute",
    title="no low-priority nodes after their retirement",
    applies_to=(tokens.ML_COMPUTE,),
    status=0,
    code="",
    source="Azure updates 501658 (Azure ML low-priority VMs retire on 31 March 2026)",
    check=_check,
    trips=Case((declare(tokens.ML_COMPUTE, {_PATH: "LowPriority"}),)),
    passes=Case((declare(tokens.ML_COMPUTE),)),
    severity=Severity.WARNING,
)
