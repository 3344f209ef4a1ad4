"""Every cluster obeys a cluster policy."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.paths import values
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    path = "jobClusters[].newCluster.policyId" if judged.type.endswith(":Job") else "policyId"
    paths = (path, "tasks[].newCluster.policyId") if judged.type.endswith(":Job") else (path,)
    for each in paths:
        for at, value in values(judged.props, each):
            declared = each != "tasks[].newCluster.policyId" or has_cluster(judged, at)
            if declared and (not value or not isinstance(value, str)):
                yield f"{at} is not set"


def has_cluster(judged: Judged, at: str) -> bool:
    """A task without a cluster of its own has nothing to limit."""
    index = int(at.split("[")[1].split("]")[0])
    return any(number == index and "newCluster" in task for number, task in enumerate(judged.items("tasks")))


RULE = Rule(
    id="AMLP-DO-001",
    title="Every cluster obeys a cluster policy",
    severity=Severity.HIGH,
    types=("databricks:index/cluster:Cluster", "databricks:index/job:Job"),
    check=_check,
    why="Without a policy nothing limits a cluster's size, runtime or identity.",
    fix="Set policy_id (databricks.clusters.<name>.policy)",
    anchors=Anchors(benchmark=("AM-3", "PV-1"), source="docs.databricks.com admin/clusters/policies"),
    cases=Cases(
        allowed=({"policyId": "p", "sparkVersion": "16.4.x-scala2.12"},),
        denied=(
            {"sparkVersion": "16.4.x-scala2.12"},
            {"policyId": "", "sparkVersion": "16.4.x-scala2.12"},
        ),
        omitted={"sparkVersion": "16.4.x-scala2.12"},
        unknown={"policyId": UNKNOWN_STRING},
    ),
)
