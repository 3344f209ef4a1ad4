"""A declarative pipeline says one place for its tables, and clusters only where it has its own."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_INSTEAD_OF_EACH_OTHER = (("storage", "catalog"), ("target", "schema"))


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for older, newer in _INSTEAD_OF_EACH_OTHER:
        if resource.value(older) and resource.value(newer):
            yield Violation(older, f"cannot be given with {newer}; keep only {newer}")
    clusters = resource.items("clusters")
    if resource.value("serverless") is True:
        if not resource.value("catalog") and not resource.is_unknown("catalog"):
            yield Violation("serverless", "needs Unity Catalog; set catalog")
        if clusters:
            yield Violation("clusters", "cannot be given with serverless: true; remove one of the two")
    default = [
        index for index, cluster in enumerate(clusters) if (cluster.get("label") or "default") == "default"
    ]
    if len(default) > 1:
        yield Violation(
            f"clusters[{default[1]}].label",
            "is the second default cluster; keep one, and label others updates or maintenance",
        )


def _case(inputs: dict[str, object]) -> Case:
    return Case(
        (Declared(tokens.PIPELINE, {"name": "sales", "catalog": "lake", "schema": "gold", **inputs}),)
    )


RULE = Rule(
    id="DBX208",
    service="Databricks pipeline",
    title="one place for tables; clusters of its own or none",
    applies_to=(tokens.PIPELINE,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/pipeline.md, issue 1401 (clusters must have exactly 1 default "
    "cluster); docs.databricks.com compute/serverless/limitations",
    check=_check,
    trips=_case({"storage": "abfss://raw@stforecast.dfs.core.windows.net/pipelines"}),
    passes=_case({"serverless": True}),
)
