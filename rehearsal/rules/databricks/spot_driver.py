"""A driver on spot capacity takes its whole cluster away with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_SPOT = ("SPOT_AZURE", "SPOT_WITH_FALLBACK_AZURE")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    clusters: list[tuple[str, object]] = [("", resource.plain_inputs)]
    clusters += [
        (f"jobClusters[{index}].newCluster.", item.get("newCluster"))
        for index, item in enumerate(resource.items("jobClusters"))
    ]
    for path, cluster in clusters:
        attributes = cluster.get("azureAttributes") if isinstance(cluster, Mapping) else None
        if not isinstance(attributes, Mapping) or attributes.get("availability") not in _SPOT:
            continue
        if not attributes.get("firstOnDemand"):
            yield Violation(
                f"{path}azureAttributes.firstOnDemand",
                "the driver may be evicted, and the cluster with it; set it to 1 or more",
            )


def _case(attributes: Mapping[str, object]) -> Case:
    return Case((declare(tokens.CLUSTER, {"azureAttributes": {"availability": _SPOT[1], **attributes}}),))


RULE = Rule(
    id="DBX046",
    service="Databricks cluster",
    title="the driver on demand where workers are spot",
    applies_to=(tokens.CLUSTER, tokens.JOB),
    status=0,
    code="",
    source="terraform-provider-databricks docs/resources/cluster.md (azure_attributes.first_on_demand)",
    check=_check,
    trips=_case({}),
    passes=_case({"firstOnDemand": 1}),
    severity=Severity.WARNING,
)
