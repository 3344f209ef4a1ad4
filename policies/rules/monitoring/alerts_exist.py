"""Production has alerts."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Stack
from policies.frame.rule import (
    PROD_ONLY,
    UNKNOWN_STRING,
    Anchors,
    Level,
    Sample,
    Severity,
    StackCases,
    StackFinding,
    StackRule,
)

_ALERTS = (
    "azure-native:monitor:MetricAlert",
    "azure-native:monitor:ScheduledQueryRule",
    "azure-native:applicationinsights:MetricAlert",
)


def _check(stack: Stack) -> Iterator[StackFinding]:
    endpoints = list(stack.of("azure-native:machinelearningservices:OnlineEndpoint"))
    alerts = [
        alert
        for alert in stack.of(*_ALERTS)
        if stack.read(alert, lambda asked: asked.value("enabled") is not False, default=False)
    ]
    for endpoint in endpoints if not alerts else ():
        yield StackFinding(
            f"{stack.text(endpoint, 'endpointName')} has no alert: nobody hears when it stops answering",
            endpoint.urn,
        )


_ENDPOINT = Sample("azure-native:machinelearningservices:OnlineEndpoint", {"endpointName": "demand"})

RULE = StackRule(
    id="AMLP-MN-011",
    title="Production has alerts",
    severity=Severity.MEDIUM,
    check=_check,
    why="Without an alert, users are the monitoring.",
    fix="Add alerts with an action group (monitoring.emails says who is told)",
    anchors=Anchors(
        benchmark=("IR-3", "AI-6"), source="learn.microsoft.com azure-monitor alerts/alerts-overview"
    ),
    kinds=PROD_ONLY,
    level=Level.ADVISORY,
    cases=StackCases(
        allowed=(_ENDPOINT, Sample("azure-native:monitor:MetricAlert", {"enabled": True}, name="alert")),
        denied=(_ENDPOINT, Sample("azure-native:monitor:MetricAlert", {"enabled": False}, name="alert")),
        omitted=(_ENDPOINT,),
        unknown=(Sample("azure-native:monitor:MetricAlert", {"enabled": UNKNOWN_STRING}, name="alert"),),
    ),
)
