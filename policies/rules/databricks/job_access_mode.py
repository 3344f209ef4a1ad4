"""Job clusters run as one identity."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DO-004",
    title="Job clusters run as one identity",
    severity=Severity.HIGH,
    types=("databricks:index/job:Job",),
    check=must_be(
        "jobClusters[].newCluster.dataSecurityMode",
        "SINGLE_USER",
        "USER_ISOLATION",
        "DATA_SECURITY_MODE_DEDICATED",
        "DATA_SECURITY_MODE_STANDARD",
        "DATA_SECURITY_MODE_AUTO",
    ),
    why="Without a mode the cluster has no Unity Catalog and no isolation.",
    fix="Set data_security_mode on each job cluster",
    anchors=Anchors(benchmark=("PA-7",), source="docs.databricks.com compute/configure access modes"),
    cases=Cases(
        allowed=(
            {
                "jobClusters": [
                    {"newCluster": {"sparkVersion": "16.4.x-scala2.12", "dataSecurityMode": "SINGLE_USER"}}
                ]
            },
        ),
        denied=(
            {
                "jobClusters": [
                    {"newCluster": {"sparkVersion": "16.4.x-scala2.12", "dataSecurityMode": "NONE"}}
                ]
            },
        ),
        omitted={"jobClusters": [{"newCluster": {"sparkVersion": "16.4.x-scala2.12"}}]},
        unknown={
            "jobClusters": [
                {"newCluster": {"sparkVersion": "16.4.x-scala2.12", "dataSecurityMode": UNKNOWN_STRING}}
            ]
        },
    ),
)
