"""Where Databricks takes Quartz expressions."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.quartz import QuartzGrade, quartz_problem
from rehearsal.model.resource import Resource
from rehearsal.rules import tokens
from rehearsal.rules.rule import Violation

QUARTZ_TYPES = (
    tokens.JOB,
    "databricks:index/alertV2:AlertV2",
    "databricks:index/dataQualityMonitor:DataQualityMonitor",
    "databricks:index/lakehouseMonitor:LakehouseMonitor",
    "databricks:index/qualityMonitor:QualityMonitor",
)
_PLACES = (
    "schedule.quartzCronExpression",
    "schedule.quartzCronSchedule",
    "trigger.schedule.quartzCronExpression",
    "dataProfilingConfig.schedule.quartzCronExpression",
)


def quartz_problems(resource: Resource, grade: QuartzGrade) -> Iterator[Violation]:
    """The resource's expressions with a problem of this grade."""
    for place in _PLACES:
        text = resource.text(place)
        problem = quartz_problem(text) if text else None
        if problem and problem.grade is grade:
            yield Violation(place, problem.text)
