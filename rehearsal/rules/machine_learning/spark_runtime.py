"""Model monitors and Spark jobs run on a runtime in support."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from azure_facts.retirement_tables.spark import RUNTIME_PATHS, SPARK_RUNTIMES
from azure_facts.retirements import RetirementKind, find_retirements
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.machine_learning.example_schedule import SCHEDULE, watched
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for path in RUNTIME_PATHS:
        version = resource.text(path)
        feature = f"machinelearningservices:Schedule:{path}={version}"
        for finding in find_retirements(RetirementKind.FEATURE, feature, world.today):
            if finding.is_past:
                yield Violation(
                    path,
                    f"Spark {version} is out of support since {finding.retirement.retires}, and its jobs are being "
                    f"switched off; use {finding.retirement.instead}",
                )


def _case(today: datetime.date) -> Case:
    return Case(watched(), today=today)


RULE = Rule(
    id="AML301",
    service="Azure ML schedule",
    title="model monitors and Spark jobs on a runtime in support",
    applies_to=(SCHEDULE,),
    status=0,
    code="",
    source="; ".join(dict.fromkeys(str(runtime.source) for runtime in SPARK_RUNTIMES[-2:])),
    check=_check,
    trips=_case(datetime.date(2028, 10, 31)),
    passes=_case(datetime.date(2026, 11, 21)),
    severity=Severity.WARNING,
)
