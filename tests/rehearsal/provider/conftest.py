"""Providers that listen on free ports, and a connection to each."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearsal.model.subscription import Subscription
from rehearsal.provider.server import RunningProviders, running_providers
from rehearsal.rules.rule import EXAMPLE_SUBSCRIPTION
from tests.rehearsal.provider.recorded import Connections

TODAY = datetime.date(2026, 11, 21)

SUBSCRIPTION = Subscription(resource_groups=("rg", *EXAMPLE_SUBSCRIPTION.resource_groups))
"""Holds the groups of the rules' examples, and of the recording: its provider gave every group the name `rg`."""


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningProviders]:
    with running_providers(tmp_path / "cloud.jsonl", TODAY, subscription=SUBSCRIPTION) as running:
        yield running


@pytest.fixture
def engine(running: RunningProviders) -> Iterator[Connections]:
    connections = Connections(running)
    yield connections
    connections.close()
