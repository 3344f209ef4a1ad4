"""Clusters have no web terminal."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DO-009",
    title="Clusters have no web terminal",
    severity=Severity.HIGH,
    types=("databricks:index/workspaceConf:WorkspaceConf",),
    check=must_be("customConfig.enableWebTerminal", "false"),
    why="A terminal on the driver runs as root, past the audit log of commands.",
    fix="Set enableWebTerminal to false",
    anchors=Anchors(benchmark=("PV-1",), source="docs.databricks.com admin/workspace-settings"),
    cases=Cases(
        allowed=({"customConfig": {"enableWebTerminal": "false"}},),
        denied=({"customConfig": {"enableWebTerminal": "true"}},),
        omitted={},
        unknown={"customConfig": {"enableWebTerminal": UNKNOWN_STRING}},
    ),
)
