"""Databricks runs on sizes of its own list, which has no burstable one."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.vm_sizes import DATABRICKS, databricks_size_problem
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.quotas import node_sizes
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for path, size in node_sizes(resource, world):
        if problem := databricks_size_problem(size):
            yield Violation(path, problem)


RULE = Rule(
    id="VM300",
    service="Databricks",
    title="nodes of a size that Databricks runs on",
    applies_to=(tokens.CLUSTER, tokens.JOB, tokens.INSTANCE_POOL),
    status=0,
    code="",
    source=str(DATABRICKS),
    check=_check,
    trips=Case((declare(tokens.INSTANCE_POOL, {"nodeTypeId": "Standard_B4as_v2"}),)),
    passes=Case((declare(tokens.INSTANCE_POOL, {"nodeTypeId": "Standard_D4ds_v5"}),)),
    severity=Severity.WARNING,
)
