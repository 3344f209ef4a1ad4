"""Logs are read by who may read the resource."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-MN-007",
    title="Logs are read by who may read the resource",
    severity=Severity.MEDIUM,
    types=("azure-native:operationalinsights:Workspace",),
    check=must_be("features.enableLogAccessUsingOnlyResourcePermissions", True),
    why="Otherwise every reader of the workspace sees the logs of all resources.",
    fix="Set features.enable_log_access_using_only_resource_permissions=True",
    anchors=Anchors(benchmark=("PA-7",), source="learn.microsoft.com azure-monitor logs/manage-access"),
    cases=Cases(
        allowed=({"features": {"enableLogAccessUsingOnlyResourcePermissions": True}},),
        denied=({"features": {"enableLogAccessUsingOnlyResourcePermissions": False}},),
        omitted={},
        unknown={"features": {"enableLogAccessUsingOnlyResourcePermissions": UNKNOWN_STRING}},
    ),
)
