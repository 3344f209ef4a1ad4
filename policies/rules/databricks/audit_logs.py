"""Databricks logs each command."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DO-013",
    title="Databricks logs each command",
    severity=Severity.MEDIUM,
    types=("databricks:index/workspaceConf:WorkspaceConf",),
    check=must_be("customConfig.enableVerboseAuditLogs", "true"),
    why="Without verbose audit logs nobody can say who read which table.",
    fix="Set enableVerboseAuditLogs to true",
    anchors=Anchors(benchmark=("LT-3",), source="docs.databricks.com admin/account-settings/verbose-logs"),
    cases=Cases(
        allowed=({"customConfig": {"enableVerboseAuditLogs": "true"}},),
        denied=({"customConfig": {"enableVerboseAuditLogs": "false"}},),
        omitted={},
        unknown={"customConfig": {"enableVerboseAuditLogs": UNKNOWN_STRING}},
    ),
)
