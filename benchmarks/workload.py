"""The workload on this machine as series grow: models a minute in training, rows a second in scoring.

    .tools/workload/bin/python benchmarks/workload.py

Runs in the environment of `make test-workload`. Each size is made, loaded, trained and scored in one Spark that did all
of it once before, the sizes in turn, several rounds; the median counts. What counts is processor time, of Python,
Java and Spark's workers together: on a busy machine elapsed time says nothing. A step costs a fixed part and a part for
each series. It is linear when the middle size costs what the straight line between the smallest and the largest says,
within 15 %: what grows with the power 1.2 of the series costs a sixth less there.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import threading
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
DAYS = 4_000
SERIES = 10_000
"""What the committed prod is sized for: 40 million rows, 4,000 for each series."""
STEPS = ("make_tables", "prepare_features", "train", "score")


class ProcessorTime:
    """Seconds of this process and of everything below it. Spark ends idle workers, whose time nobody inherits, so each
    process' own time is kept as it was last seen."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, float], float] = {}
        self._lock = threading.Lock()
        threading.Thread(target=self._watch, daemon=True).start()

    def seconds(self) -> float:
        """Until now."""
        with self._lock:
            for process in (psutil.Process(), *psutil.Process().children(recursive=True)):
                with suppress(psutil.NoSuchProcess):
                    times = process.cpu_times()
                    self._seen[process.pid, process.create_time()] = times.user + times.system
            return sum(self._seen.values())

    def _watch(self) -> None:
        while True:
            time.sleep(0.5)
            self.seconds()


PROCESSOR = ProcessorTime()


@contextmanager
def timed(spark: SparkSession, step: str, into: dict[str, float]) -> Iterator[None]:
    """Processor seconds of a step, and the seconds that passed. What the step before left is collected first."""
    spark.sparkContext._jvm.System.gc()
    processor, passed = PROCESSOR.seconds(), time.perf_counter()
    yield
    into[step] = PROCESSOR.seconds() - processor
    into[f"{step}, elapsed"] = time.perf_counter() - passed


def measure(spark: SparkSession, series: int, folder: Path) -> dict[str, float]:
    """Each step, and how many rows there were."""
    lake = folder.as_uri()
    sample_data.land(sample_data.sales(series, DAYS), folder / "landing")
    found: dict[str, float] = {}
    with timed(spark, "make_tables", found):
        report = make_tables(spark, f"{lake}/landing", f"{lake}/sales", f"{lake}/quarantine", f"{lake}/loads")
    with timed(spark, "prepare_features", found):
        prepare_features(spark, f"{lake}/sales", f"{lake}/features")
    with timed(spark, "train", found):
        trained = train(spark, f"{lake}/features", series, folder / "fleet")
    with timed(spark, "score", found):
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
    print("| series | rows | tables, rows/s | features, rows/s | models/min | scored series/s | elapsed |")
    print("|---|---|---|---|---|---|---|")
    medians = {
        size: {step: statistics.median(one[step] for one in rounds) for step in rounds[0]}
        for size, rounds in found.items()
    }
    for size, median in medians.items():
        rows = median["rows"]
        rates = [rows / median["make_tables"], rows / median["prepare_features"]]
        rates += [60 * size / median["train"], size / median["score"]]
        elapsed = sum(median[f"{step}, elapsed"] for step in STEPS)
        shown = " | ".join(f"{rate:,.0f}" for rate in rates)
        print(f"| {size:,} | {rows:,.0f} | {shown} | {elapsed:,.0f} s |")
    if len(medians) > 2:
        growth(medians)


def growth(medians: dict[int, dict[str, float]]) -> None:
    """What each step costs apart from series, for each one more, and for SERIES of them."""
    print(f"\n| step | fixed | each series more | {SERIES:,} series | the middle size to the line |")
    print("|---|---|---|---|---|")
    smallest, middle, largest = sorted(medians)[-3:]
    for step in STEPS:
        low, high = medians[smallest][step], medians[largest][step]
        each = (high - low) / (largest - smallest)
        fixed = low - smallest * each
        ratio = medians[middle][step] / (fixed + middle * each)
        minutes = SERIES * each / 60
        print(f"| {step} | {fixed:.1f} s | {1000 * each:.1f} ms | {minutes:.1f} core-minutes | {ratio:.2f} |")


if __name__ == "__main__":
    main()
