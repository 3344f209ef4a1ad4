"""A cluster takes its nodes from a pool or by type, and its size is fixed or automatic."""

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
        pool, node = spec.get("instancePoolId"), spec.get("nodeTypeId")
        if pool and node:
            yield Violation(
                f"{prefix}nodeTypeId", "beside instancePoolId, which decides the node type; leave it out"
            )
        if pool and spec.get("driverNodeTypeId") and resource.type == tokens.CLUSTER:
            yield Violation(
                f"{prefix}driverNodeTypeId",
                "beside instancePoolId; leave it out, or give the driver a pool of its own (driverInstancePoolId)",
            )
        if not pool and not node and not spec.get("policyId"):
            yield Violation(f"{prefix}nodeTypeId", "no nodes: set node_type_id or instance_pool_id")
        if spec.get("autoscale") and spec.get("numWorkers"):
            yield Violation(f"{prefix}numWorkers", "beside autoscale; keep one of the two")


RULE = Rule(
    id="DBX003",
    service="Databricks cluster",
    title="nodes from a pool or by type, fixed or automatic size",
    applies_to=(tokens.CLUSTER, tokens.JOB),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/cluster.md; clusters/resource_cluster.go (ConflictsWith of "
    "instance_pool_id; read 2026-11-30)",
    check=_check,
    trips=Case((declare(tokens.CLUSTER, {"instancePoolId": "0101-120000-pine11-pool-abcdefgh"}),)),
    passes=Case(
        (
            declare(
                tokens.CLUSTER, {"instancePoolId": "0101-120000-pine11-pool-abcdefgh", "nodeTypeId": REMOVE}
            ),
        )
    ),
)
