"""Clusters follow a policy that this stack makes."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Stack
from policies.frame.rule import UNKNOWN_STRING, Anchors, Sample, Severity, StackCases, StackFinding, StackRule


def _check(stack: Stack) -> Iterator[StackFinding]:
    made = {policy.urn for policy in stack.of("databricks:index/clusterPolicy:ClusterPolicy")}
    for user in stack.of("databricks:index/cluster:Cluster", "databricks:index/job:Job"):
        own = stack.text(user, "policyId") or stack.read(
            user, lambda asked: bool(asked.value("jobClusters")), default=False
        )
        if own and not made & set(user.dependencies):
            yield StackFinding(f"{user.name} waits for no cluster policy of this stack", user.urn)


RULE = StackRule(
    id="AMLP-DO-048",
    title="Clusters follow a policy that this stack makes",
    severity=Severity.MEDIUM,
    check=_check,
    why="A policy made by hand can be loosened by hand.",
    fix="Declare the policy (infra/databricks/policies) and name it",
    anchors=Anchors(benchmark=("AM-3",), source="docs.databricks.com admin/clusters/policies"),
    cases=StackCases(
        allowed=(
            Sample("databricks:index/clusterPolicy:ClusterPolicy", name="policy"),
            Sample("databricks:index/cluster:Cluster", {"policyId": "p"}, dependencies=("policy",)),
        ),
        denied=(
            Sample("databricks:index/clusterPolicy:ClusterPolicy", name="policy"),
            Sample("databricks:index/cluster:Cluster", {"policyId": "p"}),
        ),
        omitted=(Sample("databricks:index/cluster:Cluster", {"policyId": "p"}),),
        unknown=(Sample("databricks:index/job:Job", {"jobClusters": UNKNOWN_STRING}),),
    ),
)
