"""Production notebooks are not exported."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DO-015",
    title="Production notebooks are not exported",
    severity=Severity.MEDIUM,
    types=("databricks:index/workspaceConf:WorkspaceConf",),
    check=must_be("customConfig.enableExportNotebook", "false"),
    why="An exported notebook holds its results, and those hold data.",
    fix="Set enableExportNotebook to false",
    anchors=Anchors(benchmark=("DP-2",), source="docs.databricks.com admin/workspace-settings"),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"customConfig": {"enableExportNotebook": "false"}},),
        denied=({"customConfig": {"enableExportNotebook": "true"}},),
        omitted={},
        unknown={"customConfig": {"enableExportNotebook": UNKNOWN_STRING}},
    ),
)
