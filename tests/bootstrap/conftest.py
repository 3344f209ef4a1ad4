"""The bench of each test, and one that is made once: what a whole first run leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bootstrap.bench import DEV, DEVOPS, GITHUB, PROD, Bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Bench.made_in(tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def prod_on_github(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Prod, with real previews that somebody approves."""
    return _state(tmp_path_factory, *PROD, *GITHUB, "--previews", "reviewed")


@pytest.fixture(scope="session")
def dev_on_github(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return _state(tmp_path_factory, *DEV, *GITHUB)


@pytest.fixture(scope="session")
def prod_on_azure_devops(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return _state(tmp_path_factory, *PROD, *DEVOPS, "--previews", "reviewed")


def _state(factory: pytest.TempPathFactory, *options: str) -> dict[str, Any]:
    with Bench.made_in(factory.mktemp("bootstrap")) as made:
        done = made.run(*options)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
        return made.state
