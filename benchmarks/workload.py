"""The workload on this machine as series grow: models a minute in training, rows a second in scoring.

    .tools/workload/bin/python benchmarks/workload.py --rounds 2

Runs in the environment of `make test-workload`. Each size is made, loaded, trained and scored in one Spark that did all
of it once before, the sizes in turn, several rounds; the median counts. What counts is processor time, of Python,
Java and Spark's workers together: on a busy machine elapsed time says nothing. A step is linear when the processor time
for each series of the largest size is within 15 % of that of the size before; the smallest is mostly fixed costs.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "templates/notebooks-repository"
sys.path.insert(0, str(TEMPLATE))

import psutil
from delta_jars import jars
from forecasting import delta, sample_data
from forecasting.batch import forecast
from forecasting.features import prepare_features
from forecasting.fleet import Fleet
from forecasting.local import local_session
from forecasting.tables import make_tables
from forecasting.training import train
from pyspark.sql import SparkSession

SIZES = (100, 400, 1600)
DAYS = 400
STEPS = ("make_tables", "prepare_features", "train", "score")


def processor_seconds() -> float:
    """Of this process and everything below it, whether it still runs or not."""
    spent = 0.0
    for process in (psutil.Process(), *psutil.Process().children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            spent += times.user + times.system + times.children_user + times.children_system
    return spent


@contextmanager
def timed(step: str, into: dict[str, float]) -> Iterator[None]:
    """Processor seconds of a step, and the seconds that passed."""
    processor, passed = processor_seconds(), time.perf_counter()
    yield
    into[step] = processor_seconds() - processor
    into[f"{step}, elapsed"] = time.perf_counter() - passed


def measure(spark: SparkSession, series: int, folder: Path) -> dict[str, float]:
    """Each step, and how many rows there were."""
    lake = folder.as_uri()
    sample_data.land(sample_data.sales(series, DAYS), folder / "landing")
    found: dict[str, float] = {}
    with timed("make_tables", found):
        report = make_tables(spark, f"{lake}/landing", f"{lake}/sales", f"{lake}/quarantine", f"{lake}/loads")
    with timed("prepare_features", found):
        prepare_features(spark, f"{lake}/sales", f"{lake}/features")
    with timed("train", found):
        trained = train(spark, f"{lake}/features", series, folder / "fleet")
    with timed("score", found):
        rows = forecast(spark, Fleet(trained.folder), sample_data.LAST_DAY)
        delta.overwrite(rows, f"{lake}/forecasts")
    if (trained.series, trained.errors) != (series, {}):
        raise SystemExit(f"not every series was trained: {trained}")
    return {**found, "rows": float(report.accepted)}


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        spark = local_session(jars("3.5"), Path(work) / "warehouse")
        measure(spark, 20, Path(work) / "warm")
        found: dict[int, list[dict[str, float]]] = {size: [] for size in options.sizes}
        for number in range(options.rounds):
            for size in options.sizes:
                found[size].append(measure(spark, size, Path(work) / f"{number}-{size}"))
                print(f"round {number + 1}, {size} series: {found[size][-1]}", file=sys.stderr)
        spark.stop()
    report(found)


def report(found: dict[int, list[dict[str, float]]]) -> None:
    """As docs/workload.md shows it."""
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, load {load:.1f}, {DAYS} days a series; per core and processor time\n")
    print(
        "| series | rows | tables, rows/s | features, rows/s | models/min | scored series/s | all, elapsed |"
    )
    print("|---|---|---|---|---|---|---|")
    of_series: list[float] = []
    for size, rounds in found.items():
        median = {step: statistics.median(one[step] for one in rounds) for step in rounds[0]}
        rows = median["rows"]
        rates = [rows / median["make_tables"], rows / median["prepare_features"]]
        rates += [60 * size / median["train"], size / median["score"]]
        elapsed = sum(median[f"{step}, elapsed"] for step in STEPS)
        shown = " | ".join(f"{rate:,.0f}" for rate in rates)
        print(f"| {size:,} | {rows:,.0f} | {shown} | {elapsed:,.0f} s |")
        of_series.append(median["train"] / size)
    if len(of_series) > 1:
        ratio = of_series[-1] / of_series[-2]
        print(
            f"\ntraining, processor time a series, the largest size to the one before: {ratio:.2f} (1.15 at most)"
        )


if __name__ == "__main__":
    main()
