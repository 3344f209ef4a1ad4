"""Production results are not downloaded."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DO-016",
    title="Production results are not downloaded",
    severity=Severity.MEDIUM,
    types=("databricks:index/workspaceConf:WorkspaceConf",),
    check=must_be("customConfig.enableResultsDownloading", "false"),
    why="Downloads put data on laptops, where no policy of ours reaches.",
    fix="Set enableResultsDownloading to false",
    anchors=Anchors(benchmark=("DP-2",), source="docs.databricks.com admin/workspace-settings"),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"customConfig": {"enableResultsDownloading": "false"}},),
        denied=({"customConfig": {"enableResultsDownloading": "true"}},),
        omitted={},
        unknown={"customConfig": {"enableResultsDownloading": UNKNOWN_STRING}},
    ),
)
