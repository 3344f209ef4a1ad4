"""Low-priority nodes are retired."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.retirements import RetirementKind, find_retirements
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "properties.properties.vmPriority"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    feature = f"machinelearningservices:Compute:{_PATH}={resource.text(_PATH)}"
    for finding in find_retirements(RetirementKind.FEATURE, feature, world.today):
        if finding.is_past:
            yield Violation(
                _PATH,
                f"low-priority VMs were retired on {finding.retirement.retires}; whether the service still takes the "
                "value is not documented: use 'Dedicated'",
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
