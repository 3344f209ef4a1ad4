"""Scheduled jobs use job clusters."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.cases import REMOVED, changed
from policies.frame.judged import Judged
from policies.frame.paths import values
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    started = judged.value("schedule") or judged.value("trigger") or judged.value("continuous")
    for at, cluster in values(judged.props, "tasks[].existingClusterId"):
        if started and isinstance(cluster, str) and cluster:
            yield f"{at} names an interactive cluster, but the job starts by itself"


_CORRECT = {
    "schedule": {"quartzCronExpression": "0 0 3 * * ?", "timezoneId": "UTC"},
    "tasks": [{"taskKey": "a", "existingClusterId": ""}],
}

RULE = Rule(
    id="AMLP-WH-002",
    title="Scheduled jobs use job clusters",
    severity=Severity.MEDIUM,
    types=("databricks:index/job:Job",),
    check=_check,
    why=(
        "On an interactive cluster a scheduled job pays the higher price and dies when somebody restarts it."
    ),
    fix="Give the task a job_cluster_key or new_cluster",
    anchors=Anchors(benchmark=("AM-3",), source="docs.databricks.com jobs/compute"),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(changed(_CORRECT, {"tasks[0].existingClusterId": "0101-120000-abcd"}),),
        omitted=changed(_CORRECT, {"tasks[0].existingClusterId": REMOVED}),
        unknown=changed(_CORRECT, {"tasks[0].existingClusterId": UNKNOWN_STRING}),
        omitted_is=Outcome.PASSED,
    ),
)
