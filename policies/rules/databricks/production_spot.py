"""Production does not depend on spot nodes."""

from __future__ import annotations

from policies.frame.checks import all_of, must_not_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-DO-030",
    title="Production does not depend on spot nodes",
    severity=Severity.MEDIUM,
    types=(
        "databricks:index/instancePool:InstancePool",
        "databricks:index/cluster:Cluster",
        "databricks:index/job:Job",
    ),
    check=all_of(
        must_not_be("azureAttributes.availability", "SPOT_AZURE"),
        must_not_be("jobClusters[].newCluster.azureAttributes.availability", "SPOT_AZURE"),
    ),
    why="SPOT_AZURE without fallback means no nodes on a busy night.",
    fix="Choose ON_DEMAND_AZURE, or SPOT_WITH_FALLBACK_AZURE on clusters",
    anchors=Anchors(benchmark=("BR-1",), source="docs.databricks.com compute/configure spot instances"),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"azureAttributes": {"availability": "ON_DEMAND_AZURE"}},),
        denied=({"azureAttributes": {"availability": "SPOT_AZURE"}},),
        omitted={},
        unknown={"azureAttributes": {"availability": UNKNOWN_STRING}},
        omitted_is=Outcome.PASSED,
    ),
)
