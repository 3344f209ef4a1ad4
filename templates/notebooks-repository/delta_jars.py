"""Delta's two jars for a Spark on this machine, fetched by Maven into .jars/ and checked by their digests.

    python delta_jars.py [3.5]      # prints the paths, with a comma between: what spark.jars takes

On Databricks Delta is part of the runtime. Maven takes the jars from where its settings say, mirrors included.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

FOLDER = Path(__file__).parent / ".jars"

JARS: Mapping[str, Mapping[str, str]] = {
    "3.5": {
        "io.delta:delta-spark_2.12:3.3.2": "4e92085d5d794cf949c50bb665b91384857cad58680c2d0bfc9c7ad353e98e85",
        "io.delta:delta-storage:3.3.2": "c096975a2ca97ccc9b4005aa5cce16c9ac3903139d340da6665b66ace67d7c36",
    },
    "4.1": {
        "io.delta:delta-spark_4.1_2.13:4.1.0": "9b05d7a82196ee1f1073733a45a2faae59161e52b86ae918fe6742fad6eaf036",
        "io.delta:delta-storage:4.1.0": "6d0520ffcc35b582369f92c23fa24e14a5bb935cf6e31ed7f47c5046ae17cb25",
    },
}
"""Spark's version → coordinates → SHA-256. The versions are those of delta-spark in the locks."""


class JarError(Exception):
    """A jar that is not there, or is not the one that was pinned."""


def jars(spark: str | None = None) -> list[Path]:
    """The paths, after fetching what is missing; for the pyspark that is installed, or another. Raises JarError."""
    spark = spark or ".".join(version("pyspark").split(".")[:2])
    if spark not in JARS:
        raise JarError(f"no jars are pinned for Spark {spark}; there are {', '.join(JARS)}")
    return [_jar(coordinates, digest) for coordinates, digest in JARS[spark].items()]


def _jar(coordinates: str, digest: str) -> Path:
    _, artifact, number = coordinates.split(":")
    path = FOLDER / f"{artifact}-{number}.jar"
    if not path.is_file():
        _fetch(coordinates)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != digest:
        path.unlink()
        raise JarError(f"{coordinates} is {found}, and {digest} is pinned; it was deleted")
    return path


def _fetch(coordinates: str) -> None:
    words = ["mvn", "--quiet", "--batch-mode", "dependency:copy"]
    options = [f"-Dartifact={coordinates}", f"-DoutputDirectory={FOLDER}"]
    try:
        subprocess.run([*words, *options], check=True, capture_output=True, text=True, timeout=300)
    except FileNotFoundError as error:
        raise JarError("mvn is not installed; install Maven and Java 17") from error
    except subprocess.CalledProcessError as error:
        raise JarError(f"Maven did not get {coordinates}:\n{error.stdout}{error.stderr}") from error


if __name__ == "__main__":
    try:
        print(",".join(str(path) for path in jars(*sys.argv[1:2])))
    except JarError as error:
        sys.exit(str(error))
