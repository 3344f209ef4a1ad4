"""The machines of a pool keep to the policy of the cluster that draws them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from azure_facts.cluster_policies.elements import PolicyDefinition
from azure_facts.cluster_policies.evaluation import contradictions
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.policy_view import GovernedCluster, governed_clusters
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_FROM_WORKER_POOL = ("node_type_id", "azure_attributes.availability", "azure_attributes.spot_bid_max_price")
_FROM_DRIVER_POOL = ("driver_node_type_id",)


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for cluster in governed_clusters(resource, world):
        rows = (
            (cluster.worker_pool, _FROM_WORKER_POOL, "instance_pool_id"),
            (cluster.driver_pool, _FROM_DRIVER_POOL, "driver_instance_pool_id"),
        )
        for pool, inherited, attribute in rows:
            if pool is not None:
                yield from _judged(cluster, pool, inherited, attribute)


def _judged(
    cluster: GovernedCluster, pool: Resource, inherited: tuple[str, ...], attribute: str
) -> Iterator[Violation]:
    limits = {path: limit for path, limit in cluster.definition.elements.items() if path in inherited}
    for found in contradictions(PolicyDefinition(limits), _of_pool(pool), cluster.cluster_type):
        yield Violation(
            cluster.property_path(attribute),
            f"its pool '{pool.name}' gives {found.path}, which {found.message} (policy '{cluster.policy.name}'); "
            "choose a pool or a policy that fits",
        )


def _of_pool(pool: Resource) -> Mapping[str, object]:
    node_type = pool.value("nodeTypeId")
    return {
        "node_type_id": node_type,
        "driver_node_type_id": node_type,
        "azure_attributes": {
            "availability": pool.value("azureAttributes.availability"),
            "spot_bid_max_price": pool.value("azureAttributes.spotBidMaxPrice"),
        },
    }


def _case(availability: str) -> Case:
    limit = {"type": "allowlist", "values": ["ON_DEMAND_AZURE"], "isOptional": True}
    definition = json.dumps({"azure_attributes.availability": limit})
    spec = "jobClusters[0].newCluster"
    return Case(
        (
            declare(tokens.CLUSTER_POLICY, {"definition": definition}, name="policy"),
            declare(tokens.INSTANCE_POOL, {"azureAttributes.availability": availability}, name="pool"),
            declare(
                tokens.JOB,
                {
                    f"{spec}.policyId": Ref("policy"),
                    f"{spec}.instancePoolId": Ref("pool"),
                    f"{spec}.nodeTypeId": REMOVE,
                },
            ),
        )
    )


RULE = Rule(
    id="DBX201",
    service="Databricks cluster",
    title="the machines of a pool keep to the policy of the cluster",
    applies_to=(tokens.CLUSTER, tokens.JOB),
    status=0,
    code="",
    source="the compute form of a Databricks workspace, which judges what a cluster takes over from its pools "
    "(getPoolInheritedValidationsForField); what the API answers is not documented",
    check=_check,
    trips=_case("SPOT_AZURE"),
    passes=_case("ON_DEMAND_AZURE"),
    severity=Severity.WARNING,
)
