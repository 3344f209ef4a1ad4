"""Deprecated global init scripts are off."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DO-011",
    title="Deprecated global init scripts are off",
    severity=Severity.HIGH,
    types=("databricks:index/workspaceConf:WorkspaceConf",),
    check=must_be("customConfig.enableDeprecatedGlobalInitScripts", "false"),
    why="A script in DBFS, which all may write, runs as root on every cluster.",
    fix="Set enableDeprecatedGlobalInitScripts to false",
    anchors=Anchors(benchmark=("PV-1",), source="docs.databricks.com admin/workspace-settings"),
    cases=Cases(
        allowed=({"customConfig": {"enableDeprecatedGlobalInitScripts": "false"}},),
        denied=({"customConfig": {"enableDeprecatedGlobalInitScripts": "true"}},),
        omitted={},
        unknown={"customConfig": {"enableDeprecatedGlobalInitScripts": UNKNOWN_STRING}},
    ),
)
