"""A pipeline with clusters of its own has a default one among them."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.rule import Case, Declared, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    labels = [cluster.get("label") or "default" for cluster in resource.items("clusters")]
    if labels and "default" not in labels and all(isinstance(label, str) for label in labels):
        yield Violation(
            "clusters",
            f"have the labels {', '.join(map(str, labels))}, and a later change is refused without a default; "
            "add a cluster with the label default",
        )


def _case(*labels: str) -> Case:
    clusters = [{"label": label, "numWorkers": 1} for label in labels]
    return Case(
        (
            Declared(
                tokens.PIPELINE, {"name": "sales", "catalog": "lake", "schema": "gold", "clusters": clusters}
            ),
        )
    )


RULE = Rule(
    id="DBX209",
    service="Databricks pipeline",
    title="a default cluster among a pipeline's own",
    applies_to=(tokens.PIPELINE,),
    status=0,
    code="",
    source="terraform-provider-databricks issue 1401 (created, then: clusters must have exactly 1 default cluster)",
    check=_check,
    trips=_case("maintenance"),
    passes=_case("default", "maintenance"),
    severity=Severity.WARNING,
)
