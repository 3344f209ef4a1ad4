"""Spark runtimes of Synapse that are out of support."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME, LOCATION
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_POOL = "azure-native:synapse:BigDataPool"
_ENDS = {
    "2.4": datetime.date(2023, 9, 29),
    "3.1": datetime.date(2024, 1, 26),
    "3.2": datetime.date(2024, 7, 8),
    "3.3": datetime.date(2025, 3, 31),
    "3.4": datetime.date(2026, 3, 31),
    "3.5": datetime.date(2028, 10, 31),
}


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    version = resource.text("sparkVersion")
    end = _ENDS.get(version)
    if end is not None and end < world.today:
        newest = list(_ENDS)[-1]
        yield Violation(
            "sparkVersion",
            f"Spark {version} is out of support since {end}, and its jobs are being switched off; use {newest}",
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
