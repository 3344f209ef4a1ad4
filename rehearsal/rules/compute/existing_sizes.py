"""VM sizes that there never were."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.vm_sizes import vm_size_problem
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.quotas import ASKING_TYPES, node_sizes
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    if resource.type == tokens.ML_COMPUTE:
        return  # AML250 says it, with what else Azure ML asks of a size
    for path, size in node_sizes(resource, world):
        if problem := vm_size_problem(size):
            yield Violation(path, problem)


RULE = Rule(
    id="VM020",
    service="Azure Compute",
    title="a VM size of a known series is one that the series has",
    applies_to=ASKING_TYPES,
    status=400,
    code="InvalidParameter",
    source="kubernetes/autoscaler cluster-autoscaler/cloudprovider/azure/azure_instance_types.go (az vm list-skus)",
    check=_check,
    trips=Case((declare(tokens.AGENT_POOL, {"vmSize": "Standard_D5ds_v5"}),)),
    passes=Case((declare(tokens.AGENT_POOL, {"vmSize": "Standard_D8ds_v5"}),)),
)
