"""Nothing is built on what will be retired."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.retirements import RetirementState
from policies.frame.judged import Judged
from policies.frame.retired import retired_values
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Level, Outcome, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    yield from (
        f"{at}: {finding.message}"
        for at, finding in retired_values(judged)
        if finding.state is RetirementState.COMING
    )


RULE = Rule(
    id="AMLP-RT-002",
    title="Nothing is built on what will be retired",
    severity=Severity.LOW,
    types=("*",),
    check=_check,
    why="The announcement says until when there is time to move.",
    fix="Use what the message names",
    anchors=Anchors(
        benchmark=("PV-6",), source="learn.microsoft.com lifecycle, and the source in each message"
    ),
    level=Level.ADVISORY,
    cases=Cases(
        allowed=({"vmSize": "Standard_D4ds_v5", "sparkVersion": "18.x-scala2.13"},),
        denied=({"vmSize": "Standard_DS3_v2"},),
        omitted={},
        unknown={"vmSize": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
