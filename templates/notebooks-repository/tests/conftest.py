"""One Spark with Delta for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from delta_jars import jars
from forecasting.local import local_session


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    session = local_session(jars(), tmp_path_factory.mktemp("warehouse"), small_data=True)
    yield session
    session.stop()


@pytest.fixture
def lake(tmp_path: Path) -> str:
    """A folder for one test's tables, as an address with a scheme, as the lake's are."""
    return tmp_path.as_uri()
