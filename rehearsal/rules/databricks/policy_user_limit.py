"""A deployment makes no more clusters under a policy than one user may have."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Ref, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Of clusters that start as they are made; a job's wait for a run."""
    most = resource.value("maxClustersPerUser")
    if isinstance(most, bool) or not isinstance(most, int) or most < 1:
        return
    mine = world.grouped((tokens.CLUSTER,), _policy_id).get(resource.id, ())
    if len(mine) > most:
        yield Violation(
            "maxClustersPerUser",
            f"is {most}, and who deploys makes {len(mine)} clusters under it, which all start: "
            f"{', '.join(cluster.name for cluster in mine)}; give them policies of their own, or allow as many",
        )


def _policy_id(cluster: Resource) -> str:
    return cluster.text("policyId")


def _case(most: int) -> Case:
    changes = {"policyId": Ref("subject")}
    return Case(
        (
            declare(tokens.CLUSTER_POLICY, {"maxClustersPerUser": most}),
            declare(tokens.CLUSTER, {**changes, "clusterName": "first"}, name="first"),
            declare(tokens.CLUSTER, {**changes, "clusterName": "second"}, name="second"),
        )
    )


RULE = Rule(
    id="DBX301",
    service="Databricks cluster policy",
    title="as many clusters of the deployer as the policy allows a user",
    applies_to=(tokens.CLUSTER_POLICY,),
    status=0,
    code="",
    source="databricks-sdk-py compute.CreatePolicy, max_clusters_per_user (clusters of one user that can be active "
    "under the policy); the service's answer is not documented",
    check=_check,
    trips=_case(1),
    passes=_case(2),
    severity=Severity.WARNING,
)
