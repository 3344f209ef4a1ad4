"""Notebook results are not committed."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DO-019",
    title="Notebook results are not committed",
    severity=Severity.MEDIUM,
    types=("databricks:index/workspaceConf:WorkspaceConf",),
    check=must_be("customConfig.reposIpynbResultsExportPermissions", "DISABLE"),
    why="Committed outputs put data into a repository.",
    fix="Set reposIpynbResultsExportPermissions to DISABLE",
    anchors=Anchors(benchmark=("DP-2",), source="docs.databricks.com repos/repos-setup"),
    cases=Cases(
        allowed=({"customConfig": {"reposIpynbResultsExportPermissions": "DISABLE"}},),
        denied=({"customConfig": {"reposIpynbResultsExportPermissions": "ALLOW"}},),
        omitted={},
        unknown={"customConfig": {"reposIpynbResultsExportPermissions": UNKNOWN_STRING}},
    ),
)
