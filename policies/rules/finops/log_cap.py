"""Logs outside production have a daily cap."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.checks import number
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Kind, Rule, Severity, Threshold


def _check(judged: Judged) -> Iterator[str]:
    cap = number(judged.value("workspaceCapping.dailyQuotaGb"))
    if cap is None or not 0 < cap <= judged.limit("maximumGb"):
        yield f"workspaceCapping.dailyQuotaGb is {cap}: it must be from 1 to {judged.limit('maximumGb')}"


RULE = Rule(
    id="AMLP-FN-005",
    title="Logs outside production have a daily cap",
    severity=Severity.LOW,
    types=("azure-native:operationalinsights:Workspace",),
    check=_check,
    why="One debug loop writes more logs than the environment costs.",
    fix="Set workspace_capping.daily_quota_gb",
    anchors=Anchors(benchmark=("AM-3",), source="learn.microsoft.com azure-monitor logs/daily-cap"),
    kinds=frozenset({Kind.NONPROD}),
    thresholds=(Threshold("maximumGb", 10, "GB of logs a day", minimum=1),),
    cases=Cases(
        allowed=({"workspaceCapping": {"dailyQuotaGb": 5}},),
        denied=(
            {"workspaceCapping": {"dailyQuotaGb": -1}},
            {"workspaceCapping": {"dailyQuotaGb": 500}},
        ),
        omitted={},
        unknown={"workspaceCapping": {"dailyQuotaGb": UNKNOWN_STRING}},
    ),
)
