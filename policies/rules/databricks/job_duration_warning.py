"""Somebody hears of slow jobs."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    timeout = judged.value("timeoutSeconds")
    for rule in judged.items("health.rules"):
        if rule.get("metric") != "RUN_DURATION_SECONDS":
            continue
        warning = rule.get("value")
        if isinstance(timeout, int | float) and isinstance(warning, int | float) and 0 < timeout <= warning:
            yield f"the warning comes after {warning:g} seconds, but the job ends after {timeout:g}"
        return
    yield "health.rules has no RUN_DURATION_SECONDS"


RULE = Rule(
    id="AMLP-DO-024",
    title="Somebody hears of slow jobs",
    severity=Severity.LOW,
    types=("databricks:index/job:Job",),
    check=_check,
    why="A job that grows slower day by day meets its timeout one morning.",
    fix="Set health.rules with RUN_DURATION_SECONDS below the timeout",
    anchors=Anchors(benchmark=("IR-3",), source="docs.databricks.com jobs/notifications"),
    cases=Cases(
        allowed=({"name": "train", "health": {"rules": [{"metric": "RUN_DURATION_SECONDS"}]}},),
        denied=({"name": "train", "health": {"rules": [{"metric": "STREAMING_BACKLOG_BYTES"}]}},),
        omitted={"name": "train"},
        unknown={"name": "train", "health": {"rules": [{"metric": UNKNOWN_STRING}]}},
    ),
)
