"""A cluster without workers says that it is a single node."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.cluster_specifications import specifications
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for path, spec in specifications(resource):
        prefix = f"{path}." if path else ""
        if spec.get("isSingleNode") is True:
            if spec.get("kind") != "CLASSIC_PREVIEW":
                yield Violation(f"{prefix}isSingleNode", "needs kind 'CLASSIC_PREVIEW' beside it")
            continue
        conf = spec.get("sparkConf")
        single = isinstance(conf, dict) and conf.get("spark.databricks.cluster.profile") == "singleNode"
        if (
            spec.get("numWorkers") == 0
            and not spec.get("autoscale")
            and not single
            and not spec.get("policyId")
        ):
            yield Violation(
                f"{prefix}numWorkers",
                "0 workers: set is_single_node with kind 'CLASSIC_PREVIEW', or spark_conf "
                "spark.databricks.cluster.profile=singleNode with spark.master=local[*] and the tag "
                "ResourceClass=SingleNode",
            )


def _case(changes: dict[str, object]) -> Case:
    return Case((declare(tokens.CLUSTER, {"autoscale": REMOVE, "numWorkers": 0, **changes}),))


RULE = Rule(
    id="DBX034",
    service="Databricks cluster",
    title="a cluster without workers is declared a single node",
    applies_to=(tokens.CLUSTER, tokens.JOB),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/cluster.md (fixed size or single node)",
    check=_check,
    trips=_case({}),
    passes=_case({"isSingleNode": True, "kind": "CLASSIC_PREVIEW"}),
)
