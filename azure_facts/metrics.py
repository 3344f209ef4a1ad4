"""Platform metrics of the types that alerts look at, and the dimensions by which each can be split.

The table is `data/metrics.csv`: type, metric as the REST API names it, its dimensions. A metric that ends in `*` means
all that begin so, with dimensions that the table leaves out.
"""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from azure_facts.data_files import read_csv
from azure_facts.source import Source

SUPPORTED_METRICS = Source(
    "learn.microsoft.com azure-monitor/reference/supported-metrics (generated lists: AKS of 2026-07-31, online "
    "endpoints, Key Vault and Data Factory of 2026-07-13, the others of 2025-04-16, deployments of 2024-07-30)",
    datetime.date(2026, 11, 30),
)
_CLOSE = 0.8
"""How alike two names are of which one is a slip of the other."""


@dataclass(frozen=True)
class MetricProblem:
    """What is wrong with a metric or a dimension. `sure`: the lists themselves show it; otherwise the metric may be
    newer than they are."""

    message: str
    sure: bool
    dimension: int | None = None
    """Which of the dimensions, counted from 0; None for the metric itself."""


def metric_problems(resource_type: str, metric: str, dimensions: Iterable[str]) -> Iterator[MetricProblem]:
    """What `resource_type` (an ARM type) does not have; nothing for types and names that the table cannot judge."""
    listed = _table().get(resource_type.lower())
    if listed is None or any(name.endswith("*") and metric.lower().startswith(name[:-1]) for name in listed):
        return
    known = listed.get(metric.lower())
    if known is None:
        yield _unknown_metric(resource_type, metric, listed)
        return
    names = {name.lower() for name in known.dimensions}
    for index, dimension in enumerate(dimensions):
        if dimension.lower() not in names:
            right = (
                f"use one of {', '.join(known.dimensions)}" if names else "leave dimensions out: it has none"
            )
            yield MetricProblem(
                f"'{dimension}' is no dimension of '{known.name}'; {right}", sure=True, dimension=index
            )


@dataclass(frozen=True)
class _Metric:
    name: str
    dimensions: tuple[str, ...]


def _unknown_metric(resource_type: str, metric: str, listed: Mapping[str, _Metric]) -> MetricProblem:
    slip = difflib.get_close_matches(metric.lower(), listed, n=1, cutoff=_CLOSE)
    elsewhere = [name for name, metrics in _table().items() if metric.lower() in metrics]
    if slip:
        right = f"use '{listed[slip[0]].name}'"
    elif elsewhere:
        right = f"it is one of {elsewhere[0]}: give an alert on such a resource, or a metric of this one"
    else:
        right = "use one of its supported metrics"
    return MetricProblem(f"'{metric}' is no metric of {resource_type}; {right}", sure=bool(slip or elsewhere))


@cache
def _table() -> Mapping[str, Mapping[str, _Metric]]:
    found: dict[str, dict[str, _Metric]] = {}
    for row in read_csv("metrics.csv", ("type", "metric", "dimensions")):
        metric = _Metric(row["metric"], tuple(row["dimensions"].split()))
        found.setdefault(row["type"], {})[row["metric"].lower()] = metric
    return found
