"""Compute has a size that exists and that Azure ML supports."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts import vm_sizes
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "properties.properties.vmSize"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    size = resource.text(_PATH)
    if size and (problem := vm_sizes.machine_learning_size_problem(size)):
        yield Violation(_PATH, problem)


RULE = Rule(
    id="AML250",
    service="Azure ML compute",
    title="instances and clusters have a size that exists and is supported",
    applies_to=(tokens.ML_COMPUTE,),
    status=400,
    code="BadArgument",
    source=str(vm_sizes.MACHINE_LEARNING),
    check=_check,
    trips=Case((declare(tokens.ML_COMPUTE, {_PATH: "Standard_B4ms"}),)),
    passes=Case((declare(tokens.ML_COMPUTE, {_PATH: "Standard_E4ds_v5"}),)),
)
