"""Nothing uses a retired size, version, feature or service."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.retirements import RetirementState
from policies.frame.judged import Judged
from policies.frame.retired import retired_values
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    yield from (
        f"{at}: {finding.message}"
        for at, finding in retired_values(judged)
        if finding.state is RetirementState.PAST
    )


RULE = Rule(
    id="AMLP-RT-001",
    title="Nothing uses a retired size, version, feature or service",
    severity=Severity.HIGH,
    types=("*",),
    check=_check,
    why="A retired size, runtime or feature fails at the next create, or runs without security fixes.",
    fix="Use what the message names",
    anchors=Anchors(
        benchmark=("PV-6",), source="learn.microsoft.com lifecycle, and the source in each message"
    ),
    cases=Cases(
        allowed=({"vmSize": "Standard_D4ds_v5"},),
        denied=({"vmSize": "Standard_NC6s_v3"},),
        omitted={},
        unknown={"vmSize": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
