"""Spark with Delta on one machine, for tests and for running the notebooks as scripts. Databricks brings its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from pyspark.sql import SparkSession

SMALL_DATA = {
    # What compiles code for large data costs more than it saves on a few thousand rows.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    # A fifth of the processor time of loading small files goes into planning anew what is small anyway.
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.databricks.delta.snapshotPartitions": "1",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.driver.memory": "1g",
}


def local_session(jars: Sequence[Path], warehouse: Path, *, small_data: bool = False) -> SparkSession:
    """One session, on loopback alone. `warehouse` is where tables without a path of their own lie."""
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    # Workers are processes of their own: the same Python, and this package.
    os.environ["PYSPARK_PYTHON"] = sys.executable
    roots = [str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ["PYTHONPATH"] = os.pathsep.join(roots)
    settings = {
        "spark.jars": ",".join(str(jar) for jar in jars),
        "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
        "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        "spark.sql.warehouse.dir": str(warehouse),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.sql.shuffle.partitions": "2",
        "spark.databricks.delta.snapshotPartitions": "2",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "2g",
    }
    if small_data:
        settings |= SMALL_DATA
    builder = SparkSession.Builder().master("local[2]").appName("forecasting")
    for key, value in settings.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("FATAL" if small_data else "ERROR")
    return session
