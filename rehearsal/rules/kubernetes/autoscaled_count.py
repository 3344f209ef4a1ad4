"""An autoscaled pool's count belongs to the autoscaler."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.value("enableAutoScaling") is True and "count" not in resource.options.ignore_changes:
        yield Violation(
            "count",
            "the autoscaler changes it, and the next update would set it back; put 'count' into ignore_changes",
        )


RULE = Rule(
    id="AKS012",
    service="AKS",
    title="updates leave the count of an autoscaled pool alone",
    applies_to=(tokens.AGENT_POOL,),
    status=0,
    code="",
    source="pulumi/pulumi-azure issue 780; pulumi-azure-native docs/resources/containerservice-ManagedCluster.md",
    check=_check,
    trips=Case((declare(tokens.AGENT_POOL),)),
    passes=Case((dataclasses.replace(declare(tokens.AGENT_POOL), ignore_changes=("count",)),)),
    severity=Severity.WARNING,
)
