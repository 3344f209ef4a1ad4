"""Clusters know three kinds of Azure capacity."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.cluster_specifications import specifications
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_KNOWN = ("SPOT_AZURE", "SPOT_WITH_FALLBACK_AZURE", "ON_DEMAND_AZURE")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for path, spec in specifications(resource):
        attributes = spec.get("azureAttributes")
        asked = attributes.get("availability") if isinstance(attributes, dict) else None
        if asked is not None and asked not in _KNOWN:
            yield Violation(
                f"{path + '.' if path else ''}azureAttributes.availability",
                f"'{asked}' must be one of {', '.join(_KNOWN)}",
            )


def _case(availability: str) -> Case:
    return Case(
        (declare(tokens.CLUSTER, {"azureAttributes": {"availability": availability, "firstOnDemand": 1}}),)
    )


RULE = Rule(
    id="DBX032",
    service="Databricks cluster",
    title="a kind of capacity that Azure has",
    applies_to=(tokens.CLUSTER, tokens.JOB),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/cluster.md (azure_attributes)",
    check=_check,
    trips=_case("SPOT_WITH_FALLBACK"),
    passes=_case("SPOT_WITH_FALLBACK_AZURE"),
)
