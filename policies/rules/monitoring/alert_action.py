"""Alerts reach somebody."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    if judged.value("enabled") is False:
        yield "enabled is false"
    if not judged.value("actions"):
        yield "actions names no action group"


RULE = Rule(
    id="AMLP-MN-008",
    title="Alerts reach somebody",
    severity=Severity.MEDIUM,
    types=(
        "azure-native:monitor:MetricAlert",
        "azure-native:monitor:ScheduledQueryRule",
        "azure-native:monitor:ActivityLogAlert",
    ),
    check=_check,
    why="An alert without an action is a graph.",
    fix="Name an action group",
    anchors=Anchors(benchmark=("IR-3",), source="learn.microsoft.com azure-monitor alerts/action-groups"),
    cases=Cases(
        allowed=({"enabled": True, "actions": [{"actionGroupId": "/a"}]},),
        denied=(
            {"enabled": False, "actions": [{"actionGroupId": "/a"}]},
            {"enabled": True, "actions": []},
        ),
        omitted={"enabled": True},
        unknown={"enabled": UNKNOWN_STRING, "actions": []},
    ),
)
