"""VM sizes of a series that nobody has heard of."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.vm_sizes import unknown_series
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.quotas import ASKING_TYPES, node_sizes
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """No refusal: series come faster than lists of them."""
    for path, size in node_sizes(resource, world):
        if problem := unknown_series(size):
            yield Violation(path, f"{problem}; correct the name otherwise")


RULE = Rule(
    id="VM021",
    service="Azure Compute",
    title="a VM size is of a series in the list of sizes",
    applies_to=ASKING_TYPES,
    status=0,
    code="",
    source="kubernetes/autoscaler cluster-autoscaler/cloudprovider/azure/azure_instance_types.go (az vm list-skus)",
    check=_check,
    trips=Case((declare(tokens.AGENT_POOL, {"vmSize": "Standard_Q8ds_v5"}),)),
    passes=Case((declare(tokens.AGENT_POOL, {"vmSize": "Standard_D8ds_v5"}),)),
    severity=Severity.WARNING,
)
