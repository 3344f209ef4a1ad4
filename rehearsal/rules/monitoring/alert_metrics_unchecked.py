"""An alert on a metric that its target does not have is created, and never fires."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.metrics import SUPPORTED_METRICS
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.monitoring.alert_metrics import METRIC_ALERT, alert_case, alert_problems
from rehearsal.rules.rule import Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for path, problem, unchecked in alert_problems(resource):
        if unchecked:
            yield Violation(path, f"{problem.message}; with skipMetricValidation it deploys, and never fires")
        elif not problem.sure:
            yield Violation(path, f"{problem.message}, unless it is newer than the lists")


RULE = Rule(
    id="MON191",
    service="Azure Monitor metric alert",
    title="an alert that is not validated names a metric that there is",
    applies_to=(METRIC_ALERT,),
    status=0,
    code="",
    source=str(SUPPORTED_METRICS),
    check=_check,
    trips=alert_case("FailedRuns", unchecked=True),
    passes=alert_case("Failed Runs", unchecked=True),
    severity=Severity.WARNING,
)
