"""Spark runtimes of Synapse that are out of support."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from azure_facts.retirements import RetirementKind, find_retirements
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME, LOCATION
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_POOL = "azure-native:synapse:BigDataPool"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    version = resource.text("sparkVersion")
    feature = f"synapse:BigDataPool:sparkVersion={version}"
    for finding in find_retirements(RetirementKind.FEATURE, feature, world.today):
        if finding.is_past:
            yield Violation(
                "sparkVersion",
                f"Spark {version} is out of support since {finding.retirement.retires}, and its jobs are being "
                f"switched off; use {finding.retirement.instead}",
            )


def _case(version: str) -> Case:
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "location": LOCATION,
        "workspaceName": "synw-ml-dev-7k2ap",
        "bigDataPoolName": "synsp",
        "sparkVersion": version,
        "nodeSize": "Small",
        "nodeSizeFamily": "MemoryOptimized",
        "nodeCount": 3,
    }
    return Case((Declared(_POOL, inputs),), today=datetime.date(2026, 11, 21))


RULE = Rule(
    id="SYN002",
    service="Synapse",
    title="a Spark runtime in support",
    applies_to=(_POOL,),
    status=0,
    code="",
    source="learn.microsoft.com azure/synapse-analytics/spark/apache-spark-34-runtime (ended 31 March 2026), "
    "apache-spark-35-runtime, apache-spark-version-support",
    check=_check,
    trips=_case("3.4"),
    passes=_case("3.5"),
    severity=Severity.WARNING,
)
