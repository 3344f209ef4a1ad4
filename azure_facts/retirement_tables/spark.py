"""Synapse's runtimes of Spark, on which model monitors and Spark jobs of Azure ML run too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from azure_facts.retirement_tables.retirement import READ, RETIREMENT_LIST, Retirement, RetirementKind
from azure_facts.source import Source

_PAGES = "learn.microsoft.com synapse-analytics spark"


@dataclass(frozen=True)
class SparkRuntime:
    """A version of Spark, the first day without support, and who says so."""

    version: str
    retires: date
    source: Source
    warn_from: date | None = None


SPARK_RUNTIMES: tuple[SparkRuntime, ...] = (
    SparkRuntime("2.4", date(2023, 9, 29), RETIREMENT_LIST),
    SparkRuntime("3.1", date(2024, 1, 26), RETIREMENT_LIST),
    SparkRuntime("3.2", date(2024, 7, 8), RETIREMENT_LIST),
    SparkRuntime("3.3", date(2025, 3, 31), Source(f"{_PAGES}/apache-spark-version-support", READ)),
    SparkRuntime("3.4", date(2026, 3, 31), Source(f"{_PAGES}/apache-spark-34-runtime", READ)),
    SparkRuntime(
        "3.5",
        date(2028, 10, 31),
        Source(f"{_PAGES}/apache-spark-35-runtime", READ),
        warn_from=date(2027, 10, 31),
    ),
)
"""Oldest first."""

RUNTIME_PATHS = (
    "properties.action.monitorDefinition.computeConfiguration.runtimeVersion",
    "properties.action.jobDefinition.resources.runtimeVersion",
)
"""Where a schedule of Azure ML names the runtime: of a model monitor, and of a Spark job."""

_FEATURES = (
    ("synapse:BigDataPool:sparkVersion", "Synapse runtime for Spark"),
    *(
        (f"machinelearningservices:Schedule:{path}", "serverless Spark of Azure ML on Synapse runtime")
        for path in RUNTIME_PATHS
    ),
)


def newest_spark(today: date) -> str | None:
    """The newest runtime in support; None where the table's last one has ended."""
    supported = [runtime.version for runtime in SPARK_RUNTIMES if today < runtime.retires]
    return supported[-1] if supported else None


def _retirements() -> Iterator[Retirement]:
    newest = SPARK_RUNTIMES[-1].version
    for feature, what in _FEATURES:
        for runtime in SPARK_RUNTIMES:
            yield Retirement(
                RetirementKind.FEATURE,
                f"{feature}={runtime.version}".replace(".", r"\."),
                runtime.retires,
                f"{what} {runtime.version}",
                f"Spark {newest}" if runtime.version != newest else f"the runtime that follows {newest}",
                runtime.source,
                runtime.warn_from,
            )


SPARK_FEATURES: tuple[Retirement, ...] = tuple(_retirements())
