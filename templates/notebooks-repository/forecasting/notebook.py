"""What a notebook is given: by Databricks, or, where it runs as a plain script, by the command line.

python -m notebooks.make_tables landed=/data/landing sales=/data/sales …
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, overload
from urllib.parse import unquote, urlparse

from pyspark.sql import SparkSession

from forecasting import names
from forecasting.errors import ParameterError
from forecasting.local import local_session


class Widgets(Protocol):
    """What is used of dbutils.widgets."""

    def get(self, name: str) -> str:
        """A parameter's value."""
        ...


class Files(Protocol):
    """What is used of dbutils.fs."""

    def cp(self, source: str, target: str) -> object:
        """Copy a file."""
        ...


class Utilities(Protocol):
    """What is used of dbutils."""

    widgets: Widgets
    fs: Files


class Given(Protocol):
    """A notebook's globals(): Databricks puts two there."""

    @overload
    def get(self, name: Literal["dbutils"], /) -> Utilities | None: ...

    @overload
    def get(self, name: Literal["spark"], /) -> SparkSession | None: ...


@dataclass(frozen=True)
class Notebook:
    """A session, the job's parameters, a way to copy a file, and a folder on the driver's disk."""

    spark: SparkSession
    parameters: Mapping[str, str]
    copy: Callable[[str, str], object]
    folder: Path

    def number(self, name: str) -> int:
        """A parameter that is a whole number over 0. Raises ParameterError."""
        text = self.parameters[name]
        if not text.isdecimal() or int(text) == 0:
            raise ParameterError(f"parameter {name} is '{text}'; give a whole number over 0")
        return int(text)


def begin(given: Given, notebook: str) -> Notebook:
    """From a notebook's globals(). Raises ParameterError, naming every parameter that is missing."""
    wanted = next(of_job[notebook] for of_job in names.NOTEBOOKS.values() if notebook in of_job)
    utilities, spark = given.get("dbutils"), given.get("spark")
    if utilities is not None:
        values = {name: _widget(utilities, name) for name in wanted}
    else:
        values = dict(word.split("=", 1) for word in sys.argv[1:] if "=" in word)
    missing = [name for name in wanted if not values.get(name)]
    if missing:
        raise ParameterError(f"{notebook} needs the parameters {', '.join(missing)}; the job gives them")
    return Notebook(
        spark=spark if spark is not None else _local(),
        parameters={name: values[name] for name in wanted},
        copy=utilities.fs.cp if utilities is not None else copy_file,
        folder=Path(tempfile.mkdtemp(prefix=f"{notebook}-")),
    )


def _widget(utilities: Utilities, name: str) -> str:
    try:
        return utilities.widgets.get(name)
    except Exception:
        return ""


def _local() -> SparkSession:
    from delta_jars import jars

    return local_session(jars(), Path(tempfile.mkdtemp(prefix="warehouse-")), small_data=True)


def copy_file(source: str, target: str) -> None:
    """From one `file:` address or path to another."""
    path = Path(unquote(urlparse(target).path))
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(unquote(urlparse(source).path), path)
