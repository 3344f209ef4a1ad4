"""A highly available router puts three replicas on three nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.arm_id_parsing import extended_by
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.kubernetes.extension_taints import open_pools
from rehearsal.rules.rule import Case, Rule, Violation

_HA = "configurationSettings.inferenceRouterHA"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    cluster = world.find(extended_by(resource.id))
    inference = resource.text("configurationSettings.enableInference").lower() == "true"
    if cluster is None or not inference or resource.text(_HA).lower() == "false":
        return
    nodes = sum(_least(pool) for pool in open_pools(resource, world))
    if nodes < 3:
        yield Violation(
            _HA,
            f"on by default, and needs 3 nodes whose taints Azure ML tolerates; {cluster.urn} starts with {nodes}: add "
            "nodes, or set it to 'False' (with clusterPurpose 'DevTest')",
        )


def _least(pool: Mapping[str, object]) -> int:
    count = pool.get("minCount") if pool.get("enableAutoScaling") else pool.get("count")
    return count if isinstance(count, int) else 0


def _case(setting: str) -> Case:
    return Case(
        (
            declare(tokens.AKS, name="cluster"),
            declare(tokens.EXTENSION, {_HA: setting}, depends_on=("cluster",)),
        )
    )


RULE = Rule(
    id="EXT005",
    service="Azure ML extension for Kubernetes",
    title="router high availability only on three nodes or more",
    applies_to=(tokens.EXTENSION,),
    status=400,
    code="ExtensionCreationFailed",
    source="learn.microsoft.com machine-learning/how-to-deploy-kubernetes-extension (inferenceRouterHA)",
    check=_check,
    trips=_case("True"),
    passes=_case("False"),
)
