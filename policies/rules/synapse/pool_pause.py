"""Dedicated SQL pools are paused by a schedule."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged, Stack
from policies.frame.paths import texts
from policies.frame.rule import UNKNOWN_STRING, Anchors, Sample, Severity, StackCases, StackFinding, StackRule

_PIPELINE = "azure-native:datafactory:Pipeline"
_TRIGGER = "azure-native:datafactory:Trigger"


def _check(stack: Stack) -> Iterator[StackFinding]:
    pausing = any(stack.read(pipeline, _pauses, default=False) for pipeline in stack.of(_PIPELINE))
    scheduled = any(True for _ in stack.of(_TRIGGER))
    for pool in stack.of("azure-native:synapse:SqlPool"):
        name = stack.text(pool, "sqlPoolName")
        if name and not (pausing and scheduled):
            yield StackFinding(f"nothing pauses the pool {name}", pool.urn)


def _pauses(pipeline: Judged) -> bool:
    return any("/pause" in text for _, text in texts(pipeline.value("activities")))


_POOL = Sample("azure-native:synapse:SqlPool", {"sqlPoolName": "pool"})
_PAUSE = Sample(
    _PIPELINE,
    {
        "activities": [
            {
                "type": "WebActivity",
                "name": "pause",
                "method": "POST",
                "url": "https://management.azure.com/pool/pause",
            }
        ]
    },
    name="pause",
)

RULE = StackRule(
    id="AMLP-SY-007",
    title="Dedicated SQL pools are paused by a schedule",
    severity=Severity.MEDIUM,
    check=_check,
    why="A dedicated pool bills while it is online, and Azure has no schedule for it.",
    fix=(
        "Declare a Data Factory pipeline that calls the pool's pause, with a trigger "
        "(data.synapse.dedicated_pool)"
    ),
    anchors=Anchors(
        benchmark=("AM-3",), source="learn.microsoft.com synapse-analytics sql/pause-and-resume-compute"
    ),
    cases=StackCases(
        allowed=(_POOL, _PAUSE, Sample("azure-native:datafactory:Trigger", name="trigger")),
        denied=(_POOL, _PAUSE),
        omitted=(_POOL,),
        unknown=(Sample("azure-native:synapse:SqlPool", {"sqlPoolName": UNKNOWN_STRING}),),
    ),
)
