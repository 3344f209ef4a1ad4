"""The whole way, on the real engines: files land, tables, features, 200 models, the platform's gate, forecasts, the
stacks' views, and a request over HTTP. `make test-workload` runs it, in an environment with Spark.

The notebooks run as they are, with the parameters that dev's stack file gives to the jobs: zones of the lake are
folders, and the catalog is Spark's own.
"""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlparse

import mlflow
import pandas as pd
import pytest
import yaml
from delta_jars import jars
from forecasting import delta, names, sample_data
from forecasting.batch import HORIZON_DAYS
from forecasting.errors import RejectedFilesError
from forecasting.local import local_session
from forecasting.local_server import ask, serve
from forecasting.notebook import copy_file
from forecasting.registration import properties
from forecasting.service import PROBLEM
from pyspark.sql import SparkSession

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "templates/notebooks-repository"
PLATFORM = ROOT / "tests/data/reference_platform"
SERIES, DAYS = 200, 200
JOBS_PRINCIPAL = "c0000000-0000-4000-8000-000000000001"
"""Of dev, as prod's stack file names it in promotion.registered_by."""


class Way:
    """One walk through the jobs; each step prints what it counted."""

    def __init__(self, spark: SparkSession, folder: Path) -> None:
        self.spark, self.folder = spark, folder
        config = yaml.safe_load((PLATFORM / "Pulumi.dev.yaml").read_text(encoding="utf-8"))["config"]
        self.databricks = config["mlplatform:databricks"]
        self.synapse = config["mlplatform:synapse"]
        self.lake = (folder / "lake").as_uri()

    def address(self, text: str) -> str:
        """A parameter as the platform fills it."""
        text = re.sub(r"\{zone\.([\w-]+)\}", rf"{self.lake}/\1", text)
        return text.replace("{catalog.lake}", "spark_catalog")

    def parameters(self, job: str) -> Mapping[str, str]:
        return {key: self.address(value) for key, value in self.databricks["jobs"][job]["parameters"].items()}

    def run(self, job: str, notebook: str) -> dict[str, object]:
        """A notebook with its job's parameters, as Databricks hands them over; its variables afterwards."""
        given = self.parameters(job)
        utilities = SimpleNamespace(
            widgets=SimpleNamespace(get=given.__getitem__), fs=SimpleNamespace(cp=copy_file)
        )
        path = TEMPLATE / f"notebooks/{notebook}.py"
        return runpy.run_path(str(path), {"spark": self.spark, "dbutils": utilities})

    def make_what_the_stack_makes(self) -> None:
        """The schema and the tables at their folders, with the columns that the stack file declares."""
        schemas = self.databricks["unity_catalog"]["catalogs"]["lake"]["schemas"]
        self.spark.sql("CREATE SCHEMA predictions")
        for key, table in schemas["predictions"]["tables"].items():
            columns = ", ".join(f"{name} {kind}" for name, kind in sorted(table["columns"].items()))
            place = f"{self.lake}/{table['external_location']}/{table['path']}"
            name = key.replace("-", "_")
            self.spark.sql(f"CREATE TABLE predictions.{name} ({columns}) USING DELTA LOCATION '{place}'")


@pytest.fixture(scope="module")
def way(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Way]:
    folder = tmp_path_factory.mktemp("way")
    spark = local_session(jars("3.5"), folder / "warehouse", small_data=True)
    os.environ["MODEL_TAGS"] = ",".join(names.MODEL_TAGS)
    mlflow.set_tracking_uri((folder / "mlruns").as_uri())
    mlflow.set_registry_uri((folder / "mlruns").as_uri())
    yield Way(spark, folder)
    spark.stop()


def platform(*command: str) -> subprocess.CompletedProcess[str]:
    """A step of the promotion, by the platform's own environment."""
    return subprocess.run(
        [str(ROOT / ".venv/bin/python"), "-m", *command],
        cwd=PLATFORM,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_from_landing_to_a_scored_request(way: Way, capsys: pytest.CaptureFixture[str]) -> None:
    def tell(step: str, counted: object) -> None:
        with capsys.disabled():
            print(f"\n{step:<22}{counted}", end="")

    # What lands: 200 series, a constant one, a new store, a broken file, and rows that nobody can use.
    way.make_what_the_stack_makes()
    landing = Path(urlparse(way.parameters("make-tables")["landed"]).path)
    good = pd.concat(
        [sample_data.sales(SERIES, DAYS), sample_data.constant_series(), sample_data.new_store(3)]
    )
    bad = good.head(5).assign(**{names.QUANTITY: -1.0, names.STORE: "s950"})
    sample_data.land(pd.concat([good, bad]), landing, "20261128T220000")
    broken = sample_data.land(good.head(100), landing, "20261129T220000")
    broken.write_bytes(broken.read_bytes()[:500])
    tell("landed", f"2 files, {len(good) + len(bad)} rows in the whole one")

    with pytest.raises(RejectedFilesError, match=r"20261129T220000.parquet: unreadable"):
        way.run("make-tables", "make_tables")
    aside = way.run("set-aside", "set_aside")["files"]
    assert len(list((way.folder / "lake/curated/rejected/sales").glob("*.parquet"))) == len(aside) == 2
    broken.unlink()
    report = way.run("make-tables", "make_tables")["report"]
    assert (report.files, report.rows) == (0, 0)
    of_files = {
        row["status"]: (row["rows"], row["accepted"], row["superseded"], row["quarantined"])
        for row in way.spark.read.load(way.parameters("make-tables")["loads"]).collect()
    }
    assert of_files == {"loaded": (len(good) + 5, len(good), 0, 5), "unreadable": (0, 0, 0, 0)}
    assert way.spark.read.load(way.parameters("make-tables")["quarantine"]).count() == 5 + 1
    tell("tables", f"{len(good)} rows accepted, 5 rows and 1 file in quarantine")

    rows = way.run("train-many-models", "prepare_features")["rows"]
    assert rows == len(good)
    tell("features", f"{rows} rows")

    way.databricks["jobs"]["train-many-models"]["parameters"]["models"] = str(SERIES)
    trained = way.run("train-many-models", "train_many_models")
    fleet, version = trained["trained"], trained["version"]
    assert (fleet.series, fleet.left_out, fleet.errors) == (SERIES, 4, {})
    tell("models", f"{fleet.by_family}, {fleet.left_out} left out, accuracy {fleet.accuracy:.3f}")

    # The gate: what Azure ML would say of the version, and its files, to the platform's own module.
    candidate = way.folder / "candidate"
    mlflow.artifacts.download_artifacts(f"models:/{version.name}/{version.version}", dst_path=str(candidate))
    document = way.folder / "candidate.json"
    context = {"created_by": JOBS_PRINCIPAL, "created_by_type": "Application", "created_at": "2026-11-30"}
    described = {
        "name": version.name,
        "version": version.version,
        "tags": version.tags,
        "creation_context": context,
    }
    document.write_text(json.dumps(described))
    counted = platform("infra.promotion.content", "--folder", str(candidate), "--document", str(document))
    assert counted.returncode == 0, counted.stderr
    registered = properties(fleet, counted.stdout.strip())
    document.write_text(json.dumps({**json.loads(document.read_text()), "properties": registered}))
    scanned = platform("infra.promotion.scan", "--stack", "prod", "--folder", str(candidate))
    assert scanned.returncode == 0, scanned.stdout + scanned.stderr
    decided = platform("infra.promotion.gate", "--stack", "prod", "--candidate", str(document))
    assert decided.returncode == 0, decided.stdout + decided.stderr
    tell("gate", decided.stdout.strip())

    scored = way.run("score-batch", "score_batch")["scored"]
    assert (scored.series, scored.rows, scored.unusable) == (SERIES, SERIES * HORIZON_DAYS, 0)
    tell("forecasts", f"{scored.rows} rows of {scored.series} series from {scored.first_day}")
    way.run("score-batch", "drift")
    assert delta.read_if_there(way.spark, way.parameters("score-batch")["drift"]) is None

    # What people read: the view of the catalog, and the folders of Synapse's views.
    reporting = way.databricks["unity_catalog"]["catalogs"]["lake"]["schemas"]["reporting"]["views"]
    by_day = way.spark.sql(reporting["demand-by-day"].replace("{catalog}", "spark_catalog"))
    assert (by_day.columns, by_day.count()) == (["day", "quantity"], HORIZON_DAYS)
    read = {}
    for view, place in way.synapse["views"].items():
        folder = f"{way.lake}/{place['zone']}/{place['folder']}"
        protocol = way.spark.sql(f"DESCRIBE DETAIL delta.`{folder}`").first()
        # Serverless SQL reads version 1 of the protocol, without deletion vectors.
        assert protocol["minReaderVersion"] == 1
        read[view] = way.spark.sql(f"SELECT * FROM delta.`{folder}`").count()
    assert read == {"demand_forecast": SERIES * HORIZON_DAYS, "model_quality": SERIES}
    tell("views", f"{by_day.count()} days of demand_by_day, {read}")

    with serve(next(candidate.rglob("MLmodel")).parent, way.folder) as url:
        asked = [{"store": "s000", "product": f"p{number:03d}", "day": "2026-12-01"} for number in range(3)]
        status, answered = ask(url, json.dumps({"data": asked}).encode())
    assert status == 200
    online = {row["partition_key"]: row["quantity"] for row in answered["forecasts"] if not row[PROBLEM]}
    batch = way.spark.sql("SELECT * FROM predictions.demand WHERE day = '2026-12-01'").toPandas()
    expected = batch.set_index(names.PARTITION_KEY)[names.QUANTITY]
    assert online == pytest.approx({key: expected[key] for key in online})
    assert len(online) == 3
    tell("request", f"{status}, {len(online)} forecasts, the same as the batch's\n")
