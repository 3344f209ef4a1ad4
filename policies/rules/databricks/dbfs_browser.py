"""The DBFS root is not browsed."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DO-010",
    title="The DBFS root is not browsed",
    severity=Severity.HIGH,
    types=("databricks:index/workspaceConf:WorkspaceConf",),
    check=must_be("customConfig.enableDbfsFileBrowser", "false"),
    why="The DBFS root is open to every user of the workspace.",
    fix="Set enableDbfsFileBrowser to false",
    anchors=Anchors(benchmark=("PV-1",), source="docs.databricks.com admin/workspace-settings"),
    cases=Cases(
        allowed=({"customConfig": {"enableDbfsFileBrowser": "false"}},),
        denied=({"customConfig": {"enableDbfsFileBrowser": "true"}},),
        omitted={},
        unknown={"customConfig": {"enableDbfsFileBrowser": UNKNOWN_STRING}},
    ),
)
