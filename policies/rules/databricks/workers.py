"""Clusters have a ceiling."""

from __future__ import annotations

from policies.frame.checks import all_of, at_most
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-DO-005",
    title="Clusters have a ceiling",
    severity=Severity.MEDIUM,
    types=("databricks:index/cluster:Cluster", "databricks:index/job:Job"),
    check=all_of(
        *(
            at_most(path, "maximumWorkers", omitted=True, unit="workers")
            for path in (
                "numWorkers",
                "autoscale.maxWorkers",
                "jobClusters[].newCluster.numWorkers",
                "jobClusters[].newCluster.autoscale.maxWorkers",
            )
        )
    ),
    why="One wrong zero in a pull request multiplies the bill by ten.",
    fix="Lower the workers, or raise maximumWorkers here",
    anchors=Anchors(benchmark=("AM-3",), source="docs.databricks.com admin/clusters/policy-best-practices"),
    thresholds=(Threshold("maximumWorkers", 16, "workers of one cluster", minimum=1),),
    cases=Cases(
        allowed=({"numWorkers": 12},),
        denied=({"numWorkers": 120},),
        omitted={},
        unknown={"numWorkers": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
