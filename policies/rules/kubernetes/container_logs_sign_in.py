"""Container Insights sends as its own identity, without the workspace's key."""

from __future__ import annotations

from policies.frame.cases import changed
from policies.frame.checks import must_be, where
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_CORRECT = {"addonProfiles": {"omsagent": {"enabled": True, "config": {"useAADAuth": "true"}}}}
_PATH = "addonProfiles.omsagent.config.useAADAuth"

RULE = Rule(
    id="AMLP-KS-050",
    title="Container Insights sends as its own identity",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:ManagedCluster",),
    check=where("addonProfiles.omsagent.enabled", True, must_be(_PATH, "true")),
    why="A reader of the workspace's key in the cluster can write any log. Since 2026-09-30 the key no longer works.",
    fix="Set addonProfiles.omsagent.config.useAADAuth to 'true'",
    anchors=Anchors(
        benchmark=("IM-3", "LT-4"),
        source="learn.microsoft.com azure-monitor/containers/container-insights-authentication",
    ),
    cases=Cases(
        allowed=(_CORRECT, {"addonProfiles": {"omsagent": {"enabled": False}}}),
        denied=(changed(_CORRECT, {_PATH: "false"}),),
        omitted={"addonProfiles": {"omsagent": {"enabled": True}}},
        unknown=changed(_CORRECT, {_PATH: UNKNOWN_STRING}),
    ),
)
