"""Deprecated cluster-named init scripts are off."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DO-012",
    title="Deprecated cluster-named init scripts are off",
    severity=Severity.HIGH,
    types=("databricks:index/workspaceConf:WorkspaceConf",),
    check=must_be("customConfig.enableDeprecatedClusterNamedInitScripts", "false"),
    why="A script in DBFS, which all may write, runs as root on the cluster of that name.",
    fix="Set enableDeprecatedClusterNamedInitScripts to false",
    anchors=Anchors(benchmark=("PV-1",), source="docs.databricks.com admin/workspace-settings"),
    cases=Cases(
        allowed=({"customConfig": {"enableDeprecatedClusterNamedInitScripts": "false"}},),
        denied=({"customConfig": {"enableDeprecatedClusterNamedInitScripts": "true"}},),
        omitted={},
        unknown={"customConfig": {"enableDeprecatedClusterNamedInitScripts": UNKNOWN_STRING}},
    ),
)
