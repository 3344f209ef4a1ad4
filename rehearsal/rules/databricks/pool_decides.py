"""A pool decides whether its machines are spot; the cluster that draws them cannot."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.cluster_specifications import specifications
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for path, spec in specifications(resource):
        if spec.get("instancePoolId") and spec.get("azureAttributes"):
            yield Violation(
                f"{path}.azureAttributes" if path else "azureAttributes",
                "decides nothing beside instancePoolId: the provider empties it; leave it out, and say it of the pool",
            )


def _case(attributes: object) -> Case:
    drawn = {"instancePoolId": "0101-120000-pine11-pool-abcdefgh", "nodeTypeId": REMOVE}
    return Case((declare(tokens.CLUSTER, {**drawn, "azureAttributes": attributes}),))


RULE = Rule(
    id="DBX305",
    service="Databricks cluster",
    title="what a pool decides is said of the pool",
    applies_to=(tokens.CLUSTER, tokens.JOB),
    status=0,
    code="",
    source="terraform-provider-databricks clusters/resource_cluster.go (ModifyRequestOnInstancePool; read 2026-11-30)",
    check=_check,
    trips=_case({"availability": "SPOT_AZURE"}),
    passes=_case(REMOVE),
    severity=Severity.WARNING,
)
