"""Databricks tokens end."""

from __future__ import annotations

from policies.frame.checks import at_most
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-DO-014",
    title="Databricks tokens end",
    severity=Severity.HIGH,
    types=("databricks:index/workspaceConf:WorkspaceConf",),
    check=at_most("customConfig.maxTokenLifetimeDays", "maximumDays", unit="days"),
    why="Tokens live for ever unless the workspace says otherwise.",
    fix="Set maxTokenLifetimeDays",
    anchors=Anchors(benchmark=("IM-3",), source="docs.databricks.com admin/access-control/tokens"),
    thresholds=(Threshold("maximumDays", 90, "days a token may live", minimum=1, maximum=730),),
    cases=Cases(
        allowed=({"customConfig": {"maxTokenLifetimeDays": "90"}},),
        denied=({"customConfig": {"maxTokenLifetimeDays": "365"}},),
        omitted={},
        unknown={"customConfig": {"maxTokenLifetimeDays": UNKNOWN_STRING}},
    ),
)
