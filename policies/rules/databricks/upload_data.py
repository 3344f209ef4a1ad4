"""Nobody uploads data into production."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DO-017",
    title="Nobody uploads data into production",
    severity=Severity.MEDIUM,
    types=("databricks:index/workspaceConf:WorkspaceConf",),
    check=must_be("customConfig.enableUploadDataUis", "false"),
    why="Data that no pipeline brought has no origin and no quality check.",
    fix="Set enableUploadDataUis to false",
    anchors=Anchors(benchmark=("DP-2",), source="docs.databricks.com admin/workspace-settings"),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"customConfig": {"enableUploadDataUis": "false"}},),
        denied=({"customConfig": {"enableUploadDataUis": "true"}},),
        omitted={},
        unknown={"customConfig": {"enableUploadDataUis": UNKNOWN_STRING}},
    ),
)
