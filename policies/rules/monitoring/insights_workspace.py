"""Application Insights writes to our log workspace."""

from __future__ import annotations

from policies.frame.checks import all_of, must_be, must_have
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-MN-004",
    title="Application Insights writes to our log workspace",
    severity=Severity.MEDIUM,
    types=("azure-native:applicationinsights:Component",),
    check=all_of(must_have("workspaceResourceId"), must_be("ingestionMode", "LogAnalytics", omitted=True)),
    why=("The classic kind was retired on 2024-02-29 and keeps data where no retention of ours applies."),
    fix="Set workspace_resource_id",
    anchors=Anchors(benchmark=("LT-5",), psrule=("Azure.AppInsights.Workspace",)),
    cases=Cases(
        allowed=({"workspaceResourceId": "/w", "ingestionMode": "LogAnalytics"},),
        denied=({"workspaceResourceId": "/w", "ingestionMode": "ApplicationInsights"},),
        omitted={},
        unknown={"workspaceResourceId": UNKNOWN_STRING},
    ),
)
