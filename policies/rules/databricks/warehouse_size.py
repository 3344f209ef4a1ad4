"""SQL warehouses stay small."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold


def _check(judged: Judged) -> Iterator[str]:
    size = judged.text("clusterSize")
    if size not in judged.words("sizes"):
        yield f"clusterSize is '{size}': it must be one of {', '.join(judged.words('sizes'))}"
    most = judged.value("maxNumClusters")
    if isinstance(most, int | float) and most > judged.limit("maximumClusters"):
        yield f"maxNumClusters is {most:g}: it must be at most {judged.limit('maximumClusters')}"


RULE = Rule(
    id="AMLP-DO-032",
    title="SQL warehouses stay small",
    severity=Severity.LOW,
    types=("databricks:index/sqlEndpoint:SqlEndpoint",),
    check=_check,
    why="Each size doubles the price of an hour.",
    fix="Choose a smaller cluster_size or fewer clusters, or add the size to sizes here",
    anchors=Anchors(
        benchmark=("AM-3",), source="docs.databricks.com compute/sql-warehouse/warehouse-behavior"
    ),
    thresholds=(
        Threshold("sizes", ("2X-Small", "X-Small", "Small", "Medium"), "sizes that may be used"),
        Threshold("maximumClusters", 4, "clusters of one warehouse", minimum=1),
    ),
    cases=Cases(
        allowed=({"maxNumClusters": 1, "clusterSize": "2X-Small"},),
        denied=({"maxNumClusters": 1, "clusterSize": "4X-Large"},),
        omitted={"maxNumClusters": 1},
        unknown={"maxNumClusters": 1, "clusterSize": UNKNOWN_STRING},
    ),
)
