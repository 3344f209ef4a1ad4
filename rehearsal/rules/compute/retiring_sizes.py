"""VM sizes that will be gone."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.retirements import RetirementKind, RetirementState, find_retirements
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.quotas import ASKING_TYPES, node_sizes
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for path, size in node_sizes(resource, world):
        for finding in find_retirements(RetirementKind.VM_SIZE, size, world.today):
            if finding.state is RetirementState.COMING:
                yield Violation(path, finding.message)


RULE = Rule(
    id="VM002",
    service="Azure Compute",
    title="no VM size that is about to retire",
    applies_to=ASKING_TYPES,
    status=0,
    code="",
    source="learn.microsoft.com virtual-machines/sizes/lifecycle/retirements-and-capacity-restrictions",
    check=_check,
    trips=Case((declare(tokens.ML_COMPUTE, {"properties.properties.vmSize": "Standard_DS3_v2"}),)),
    passes=Case((declare(tokens.ML_COMPUTE, {"properties.properties.vmSize": "Standard_E8ds_v5"}),)),
    severity=Severity.WARNING,
)
