"""Production has no personal tokens."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-DO-018",
    title="Production has no personal tokens",
    severity=Severity.MEDIUM,
    types=("databricks:index/workspaceConf:WorkspaceConf",),
    check=must_be("customConfig.enableTokensConfig", "false"),
    why="A token is a password of a person that scripts then carry.",
    fix="Set enableTokensConfig to false",
    anchors=Anchors(benchmark=("DP-2",), source="docs.databricks.com admin/workspace-settings"),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"customConfig": {"enableTokensConfig": "false"}},),
        denied=({"customConfig": {"enableTokensConfig": "true"}},),
        omitted={},
        unknown={"customConfig": {"enableTokensConfig": UNKNOWN_STRING}},
    ),
)
