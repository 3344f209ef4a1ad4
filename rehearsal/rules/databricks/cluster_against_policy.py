"""A cluster keeps to its policy."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from azure_facts.cluster_policies.evaluation import EVALUATION_SOURCE, contradictions
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.policy_view import governed_clusters
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Ref, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for cluster in governed_clusters(resource, world):
        for found in contradictions(cluster.definition, cluster.attributes, cluster.cluster_type):
            yield Violation(
                cluster.property_path(found.path),
                f"{found.path} {found.message} (policy '{cluster.policy.name}')",
            )


def _case(definition: Mapping[str, object], tags: Mapping[str, str]) -> Case:
    policy = declare(tokens.CLUSTER_POLICY, {"definition": json.dumps(definition)}, name="policy")
    spec = "jobClusters[0].newCluster"
    changes = {f"{spec}.policyId": Ref("policy"), f"{spec}.customTags": tags}
    return Case((policy, declare(tokens.JOB, changes)))


RULE = Rule(
    id="DBX200",
    service="Databricks cluster",
    title="a cluster keeps to its policy",
    applies_to=(tokens.CLUSTER, tokens.JOB),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source=EVALUATION_SOURCE.page,
    check=_check,
    trips=_case({"custom_tags.team": {"type": "fixed", "value": "data"}}, {"team": "science"}),
    passes=_case({"custom_tags.team": {"type": "fixed", "value": "data"}}, {"component": "jobs"}),
)
